import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

export interface Companion { url: string; ended: Promise<string>; close(): Promise<void> }

/** `/healthz` answers before this many ms, or the start has failed. */
const READY_MS = 20_000;

/**
 * Starts the companion as a child with all its words on stderr, and waits until it answers.
 * @throws when it ends before it answers (its own words say why), or does not answer in time
 */
export async function startCompanion(port: number, data: string, options: { demo: boolean; watch: boolean }): Promise<Companion> {
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [...(options.watch ? ['--watch', '--watch-preserve-output'] : []), '--import', join(ROOT, 'lib/start/with-parent.ts'), join(ROOT, 'lib/companion/main.ts')], {
    cwd: ROOT, stdio: ['ignore', 2, 2], env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: data, PUBLIC_URL: url, DEMO: options.demo ? '1' : '0' },
  });
  const ended = once(child, 'exit').then(([code, signal]) => `it ended with ${String(signal ?? code)}`, (error: unknown) => String(error));
  const close = async (): Promise<void> => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 4000);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
  };
  try {
    await Promise.race([answers(url), ended.then((why): never => { throw new Error(`The companion did not start: ${why}. Its words are above.`); })]);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, ended, close };
}

async function answers(url: string): Promise<void> {
  const until = performance.now() + READY_MS;
  while (performance.now() < until) {
    if (await isHealthy(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The companion at ${url} did not answer within ${READY_MS / 1000} s.`);
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false; // not listening yet
  }
}
