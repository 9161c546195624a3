import { resolve } from 'node:path';
import * as z from 'zod';

/** What the environment may say; each with what it accepts, for the words of a refusal. */
const Env = z.object({
  HOST: z.string().min(1, 'an address or host name to listen on').default('127.0.0.1'),
  PORT: z.coerce.number('a port, 0 to 65535 (0: any free one)').int('a port, 0 to 65535 (0: any free one)').min(0, 'a port, 0 to 65535 (0: any free one)').max(65_535, 'a port, 0 to 65535 (0: any free one)').default(8787),
  DATA_DIR: z.string().min(1, 'a folder').default('.data/companion'),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'an http or https address, as visitors reach it' }).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'one of trace, debug, info, warn, error, silent').default('info'),
  /** Behind a proxy: take the visitor's address from X-Forwarded-For. */
  TRUST_PROXY: z.enum(['0', '1'], '0 or 1').default('0'),
  /** `off` is for load tests. */
  RATE_LIMITS: z.enum(['on', 'off'], 'on or off').default('on'),
  /** Several nodes on one PostgreSQL; without it the data folder holds everything. */
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'a postgres:// address').optional(),
  /** Hints between the nodes by NATS instead of PostgreSQL. */
  NATS_URL: z.string().regex(/^(nats|tls|wss?):\/\//, 'a nats:// address').optional(),
  /** Seals the keys of models and webhooks; nodes that share a database share it too. Without it the data folder has one of its own. */
  SECRET_KEY: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, '32 random bytes in base64, as `openssl rand -base64 32` makes them').optional(),
  /** Where webhooks and models may be although the address is private or has no TLS: `host` or `host:port`, with commas. */
  OUTGOING_HOSTS: z.string().regex(/^[^\s,/]+(\s*,\s*[^\s,/]+)*$/, 'hosts such as 127.0.0.1:11434, with commas between them').optional(),
  /** Seeds the demo workspace once. */
  DEMO: z.enum(['0', '1'], '0 or 1').default('0'),
});

export interface Config {
  host: string; port: number; dataDir: string; publicUrl: string | null;
  logLevel: z.infer<typeof Env>['LOG_LEVEL']; trustProxy: boolean; rateLimits: boolean; demo: boolean; secretKey: string | null; outgoingHosts: string[]; databaseUrl: string | null; natsUrl: string | null;
}

/** A value of the environment that is of no use: names the variable, what it got and what it accepts. */
export class BadEnvironmentError extends Error {}

/** Addresses of services may hold a password. */
const shown = (name: string, env: NodeJS.ProcessEnv): string => ((name.endsWith('_URL') && name !== 'PUBLIC_URL') || name === 'SECRET_KEY' ? 'set' : `"${env[name] ?? ''}"`);

/** @throws BadEnvironmentError */
export function parseConfig(env: NodeJS.ProcessEnv): Config {
  const named = Object.fromEntries(Object.keys(Env.shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = Env.safeParse(named);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${String(issue.path[0])} is ${shown(String(issue.path[0]), env)}, but must be ${issue.message}.`);
    throw new BadEnvironmentError(lines.join('\n'));
  }
  const { HOST, PORT, DATA_DIR, PUBLIC_URL, LOG_LEVEL, TRUST_PROXY, RATE_LIMITS, DEMO, SECRET_KEY, OUTGOING_HOSTS, DATABASE_URL, NATS_URL } = parsed.data;
  if (NATS_URL && !DATABASE_URL) throw new BadEnvironmentError('NATS_URL is set without DATABASE_URL: nodes that hear of each other need one PostgreSQL to share.');
  return {
    host: HOST, port: PORT, dataDir: resolve(DATA_DIR), publicUrl: PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    logLevel: LOG_LEVEL, trustProxy: TRUST_PROXY === '1', rateLimits: RATE_LIMITS === 'on', demo: DEMO === '1',
    secretKey: SECRET_KEY ?? null, outgoingHosts: OUTGOING_HOSTS?.split(',').map((one) => one.trim()) ?? [], databaseUrl: DATABASE_URL ?? null, natsUrl: NATS_URL ?? null,
  };
}
