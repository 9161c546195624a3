import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '#lib/start/find-browser.ts';
import { EXTENSION } from '#lib/start/paths.ts';

/**
 * A browser with NO debugger attached, as an agent has it: an attached one keeps the worker alive and lets every idle
 * test pass falsely. It can only be watched from outside, in the companion's log.
 */
export interface QuietBrowser {
  profile: string;
  open(url: string): Promise<void>; close(): Promise<void>; dispose(): Promise<void>;
  /** Ends the processes that extensions run in, as a crash does. Linux only. @returns how many there were */
  crashWorker(): number;
}

/** What `parent` started, and what those started. */
function descendants(parent: number): number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      return [[Number(name), Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1])] as const];
    } catch { return []; } // it ended while the list was read
  });
  const under = (pid: number): number[] => parents.filter(([, of]) => of === pid).flatMap(([one]) => [one, ...under(one)]);
  return under(parent);
}

/** Keeps one profile over several starts: `open` starts the browser on a page, `close` ends it. */
export function createQuietBrowser(extension = EXTENSION): QuietBrowser {
  const profile = mkdtempSync(join(tmpdir(), 'baton-quiet-'));
  const executable = findBrowser();
  let child: ChildProcess | null = null;
  const close = async (): Promise<void> => {
    const old = child;
    child = null;
    if (!old || old.exitCode !== null || old.signalCode !== null) return;
    const gone = once(old, 'exit');
    old.kill('SIGTERM');
    const timer = setTimeout(() => old.kill('SIGKILL'), 5_000);
    await gone;
    clearTimeout(timer);
  };
  return {
    profile,
    async open(url) {
      if (!executable) throw new Error('No browser of the Chromium family; `npm test` installs one.');
      await close();
      child = spawn(executable, [`--user-data-dir=${profile}`, `--disable-extensions-except=${extension}`, `--load-extension=${extension}`, '--headless=new',
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', url], { stdio: 'ignore' });
    },
    close,
    crashWorker() {
      const own = child?.pid === undefined ? [] : descendants(child.pid);
      const workers = own.filter((pid) => {
        try { return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--extension-process'); } catch { return false; } // gone already
      });
      for (const pid of workers) process.kill(pid, 'SIGKILL');
      return workers.length;
    },
    async dispose() {
      await close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
