import { freePort } from '#lib/start/free-port.ts';
import { findProgram, serviceFolder, startService, unprivileged } from './service.ts';

/** `pid` null: it is not ours (NATS_URL), so no test may stop it. */
export interface TestNats { url: string; pid: number | null; close(): Promise<void> }

export const findNats = (): string | null => findProgram('nats-server');

/** Words for a machine that has none. */
export const NO_NATS = 'No NATS on this machine: install the package nats-server, or set NATS_URL.';

/** A server of its own on a free port, or the one of NATS_URL when that is set. */
export async function startNats(): Promise<TestNats> {
  if (process.env.NATS_URL) return { url: process.env.NATS_URL, pid: null, close: () => Promise.resolve() };
  return await startOwnNats();
}

/** For tests that stop or kill it: never the shared one. */
export async function startOwnNats(port?: number, flags: string[] = []): Promise<TestNats & { pid: number }> {
  const program = findNats();
  if (!program) throw new Error(NO_NATS);
  const owner = unprivileged([]);
  const dir = serviceFolder('nats', owner);
  const chosen = port ?? await freePort(0);
  const { pid, close } = await startService({ name: 'NATS', dir, owner, command: [program, '-a', '127.0.0.1', '-p', String(chosen), ...flags], ready: /Server is ready/, endBy: 'TERM' });
  return { url: `nats://127.0.0.1:${chosen}`, pid, close };
}
