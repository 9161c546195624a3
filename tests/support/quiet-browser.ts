import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '#lib/start/find-browser.ts';
import { EXTENSION } from '#lib/start/paths.ts';

/**
 * A browser with NO debugger attached, as an agent has it: an attached one keeps the worker alive and lets every idle
 * test pass falsely. It can only be watched from outside, in the companion's log.
 */
export interface QuietBrowser { profile: string; open(url: string): Promise<void>; close(): Promise<void>; dispose(): Promise<void> }

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
    async dispose() {
      await close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
