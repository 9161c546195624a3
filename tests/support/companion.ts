import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOperator, type Operator } from '#lib/start/operator.ts';
import { freePort } from '#lib/start/free-port.ts';
import { ROOT } from '#lib/start/paths.ts';

/** A real companion in a process of its own, on a data folder of its own. */
export interface TestCompanion {
  url: string; data: string; operator: Operator;
  /** What it has said so far (pino lines). */
  log(): string;
  /** Waits until its log holds `words`: what it writes comes through a pipe, later than what it sends. */
  logged(words: string): Promise<void>;
  /** How the last one that was ended ended; null after a signal. */
  exitCode(): number | null;
  /** Ends it as SIGKILL does: nothing is drained. */
  kill(): Promise<void>;
  /** SIGSTOP and SIGCONT for instance; nothing when it is not running. */
  signal(name: NodeJS.Signals): void;
  /** On the same port and data folder, after `kill` or `stop`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** On a machine that is busy with other tests as well. */
const STARTS_WITHIN_MS = 45_000;

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false; // not listening yet
  }
}

/** Waits for a condition with a deadline. @throws when it is not met in time, with `what` */
export async function until(what: string, condition: () => boolean | Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!await condition()) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** @param env more environment for it, for instance `{ DEMO: '1' }`; without a `PORT` it takes any free one */
export async function startTestCompanion(env: NodeJS.ProcessEnv = {}): Promise<TestCompanion> {
  const data = mkdtempSync(join(tmpdir(), 'baton-data-'));
  const port = await freePort(Number(env.PORT ?? 0));
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let said = '';
  let lastExit: number | null = null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const old = child;
    child = null;
    if (!old || old.exitCode !== null) return;
    const gone = once(old, 'exit');
    old.kill(signal);
    const timer = setTimeout(() => old.kill('SIGKILL'), 5000);
    await gone;
    clearTimeout(timer);
    lastExit = old.exitCode;
  };
  const start = async (): Promise<void> => {
    const own = spawn(process.execPath, ['--import', join(ROOT, 'lib/start/with-parent.ts'), join(ROOT, 'lib/companion/main.ts')], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: data, PUBLIC_URL: url, ...env } });
    child = own;
    for (const stream of [own.stdout, own.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { said = (said + text).slice(-200_000); });
    await until('the companion answers', async () => {
      if (own.exitCode !== null) throw new Error(`the companion ended with ${own.exitCode}:\n${said.slice(-2000)}`);
      return await isHealthy(url);
    }, STARTS_WITHIN_MS);
  };
  await start();
  const close = async (): Promise<void> => {
    await end('SIGTERM');
    rmSync(data, { recursive: true, force: true });
  };
  return { url, data, operator: createOperator(url, data), log: () => said, logged: (words) => until(`"${words}" in the log`, () => said.includes(words)), exitCode: () => lastExit, kill: () => end('SIGKILL'), signal: (name) => void child?.kill(name), start, stop: () => end('SIGTERM'), close };
}
