import { randomInt } from 'node:crypto';
import type { Operator } from '#lib/start/operator.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { startOwnNats } from '../support/nats.ts';
import { startPostgres } from '../support/postgres.ts';
import type { Random } from './random.ts';

/** One companion process, as it ships. */
export interface Node {
  readonly name: string; readonly url: string;
  start(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGTERM: it drains first. */
  stop(): Promise<void>;
  /** SIGSTOP, SIGCONT. */
  pause(): void; resume(): void;
  isUp(): boolean;
  /** How long each start took until it answered, ms. */
  readonly starts: readonly number[];
  log(): string;
}

/** Everything that serves one workspace. */
export interface Deployment {
  readonly name: string; readonly nodes: readonly Node[]; readonly operator: Operator;
  /** What a further node on the same database needs; nothing where there can be none. */
  readonly env: NodeJS.ProcessEnv;
  /** Where a balancer sends a new connection: any node that it believes to be up. */
  address(random: Random): string;
  close(): Promise<void>;
}

/** Below the range from which the system gives ports to outgoing connections: while a node is down nobody takes its port. */
const port = (): string => String(randomInt(10_000, 32_000));

export async function startNode(name: string, env: NodeJS.ProcessEnv): Promise<Node & { companion: TestCompanion }> {
  const companion = await startTestCompanion({ RATE_LIMITS: 'off', LOG_LEVEL: 'warn', PORT: port(), ...env });
  let isUp = true;
  const starts: number[] = [];
  const down = async (end: () => Promise<void>): Promise<void> => { isUp = false; await end(); };
  return {
    name, companion, url: companion.url, isUp: () => isUp, log: companion.log,
    starts,
    async start() {
      const began = performance.now();
      await companion.start();
      starts.push(performance.now() - began);
      isUp = true;
    },
    kill: () => down(companion.kill), stop: () => down(companion.stop),
    pause: () => companion.signal('SIGSTOP'), resume: () => companion.signal('SIGCONT'),
  };
}

export function addressOf(nodes: readonly Node[], random: Random): string {
  const up = nodes.filter((node) => node.isUp());
  return random.pick(up.length > 0 ? up : nodes).url;
}

/** One companion on its own file: what `npm start` runs. */
export async function deployEmbedded(env: NodeJS.ProcessEnv = {}): Promise<Deployment> {
  const node = await startNode('sqlite', { DEMO: '1', ...env });
  return { name: 'sqlite', nodes: [node], operator: node.companion.operator, env: {}, address: (random) => addressOf([node], random), close: node.companion.close };
}

/** Two nodes on one PostgreSQL that hear of each other by NATS, behind a balancer that knows no sessions. */
export async function deployCluster(env: NodeJS.ProcessEnv = {}): Promise<Deployment> {
  const postgres = await startPostgres();
  const nats = await startOwnNats();
  const shared = { DEMO: '1', DATABASE_URL: postgres.url, NATS_URL: nats.url, ...env };
  const [first, second] = [await startNode('node 1', shared), await startNode('node 2', shared)];
  const nodes = [first, second];
  return {
    name: 'postgres', nodes, operator: first.companion.operator, env: { DATABASE_URL: postgres.url, NATS_URL: nats.url }, address: (random) => addressOf(nodes, random),
    async close() {
      await Promise.all(nodes.map(({ companion }) => companion.close()));
      await nats.close();
      await postgres.close();
    },
  };
}
