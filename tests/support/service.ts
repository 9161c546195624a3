import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Databases refuse to run as root: then another user does it. Null: we are nobody special. */
export interface Owner { uid: number; gid: number }

/** A server of the machine that was started for a test, with a folder of its own. */
export interface Service { pid: number; dir: string; close(): Promise<void> }

/** Ends within this many ms of being asked, or is killed. */
const END_MS = 10_000;

/**
 * Becomes the program itself, so that its id is the one that was spawned. Beside it waits a shell whose input is our pipe:
 * it ends when we do, however that came about, and then it ends the program and takes the folder away.
 */
const KEEPER = `exec 3<&0
(cat <&3; kill -$0 $$; n=0; while kill -0 $$ && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done; kill -9 $$; rm -rf "$1") >/dev/null 2>&1 &
shift; exec "$@" 3<&- </dev/null`;

/** In the folders (globs) first, newest version first, then on the PATH. */
export function findProgram(name: string, folders: string[] = []): string | null {
  const versioned = folders.flatMap((pattern) => globSync(pattern)).sort((a, b) => b.localeCompare(a, undefined, { numeric: true }));
  const path = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return [...versioned, ...path].filter(Boolean).map((folder) => join(folder, name)).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false; // not here
    }
  }) ?? null;
}

/** @param names users that would do, the best first */
export function unprivileged(names: string[]): Owner | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of [...names, 'nobody']) {
    try {
      const id = (which: string): number => Number(execFileSync('id', [which, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue; // there is no such user
    }
  }
  throw new Error('Running as root, and there is neither a user "postgres" nor "nobody" to run a database as.');
}

export function serviceFolder(name: string, owner: Owner | null): string {
  const dir = mkdtempSync(join(tmpdir(), `baton-${name}-`));
  if (owner) chownSync(dir, owner.uid, owner.gid);
  return dir;
}

function said(child: ChildProcess, words: RegExp, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (why: string): void => reject(new Error(`${name} ${why}:\n${text.slice(-2000)}`));
    const timer = setTimeout(() => fail('was not ready within 30 s'), 30_000);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => { clearTimeout(timer); fail(`ended with ${code}`); });
    child.stderr?.setEncoding('utf8').on('data', (more: string) => {
      text = (text + more).slice(-20_000);
      if (!words.test(text)) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Starts a server and waits until it says `ready`. Nothing of it outlives this process, even one that is killed. */
export async function startService(options: { name: string; dir: string; owner: Owner | null; command: string[]; ready: RegExp; endBy: 'INT' | 'TERM' }): Promise<Service> {
  const { name, dir, owner, command, ready, endBy } = options;
  const child = spawn('/bin/sh', ['-c', KEEPER, endBy, dir, ...command], { cwd: dir, detached: true, stdio: ['pipe', 'ignore', 'pipe'], ...owner });
  const close = async (): Promise<void> => {
    const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
    child.stdin?.destroy();
    if (gone) {
      child.kill('SIGCONT'); // a test may have left it stopped
      const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
      await gone;
      clearTimeout(timer);
    }
    rmSync(dir, { recursive: true, force: true });
  };
  child.stdin?.on('error', () => undefined); // it ended first
  try {
    await said(child, ready, name);
  } catch (error) {
    await close();
    throw error;
  }
  return { pid: child.pid!, dir, close };
}
