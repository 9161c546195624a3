import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { createCdpPipe, type CdpPipe } from './cdp-pipe.ts';

export interface Browser { extensionId: string; version: string; open(url: string): Promise<void>;
  /** Takes the extension from its folder again. */
  reload(): Promise<void>; ended: Promise<string>; close(): Promise<void> }

const QUIET = ['--no-first-run', '--no-default-browser-check', '--disable-default-apps', '--disable-sync', '--disable-component-update', '--disable-background-networking',
  '--disable-search-engine-choice-screen', '--disable-features=Translate,MediaRouter,OptimizationHints', '--password-store=basic', '--use-mock-keychain', '--hide-crash-restore-bubble', '--log-level=3'];

function flags(profile: string, headless: boolean): string[] {
  const root = process.platform === 'linux' && process.getuid?.() === 0;
  return [`--user-data-dir=${profile}`, '--remote-debugging-pipe', '--enable-unsafe-extension-debugging', ...QUIET,
    ...(root ? ['--no-sandbox', '--test-type'] : []), ...(headless ? ['--headless=new', '--disable-gpu'] : []), 'about:blank'];
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    child.kill(signal); // the group is gone already
  }
}

/**
 * Opens a browser in its own profile with the extension loaded over the pipe (`--load-extension` is ignored by branded
 * Chrome since 137). A browser on a pipe ends by itself when whoever holds the pipe ends, however it ends.
 * @param profile folder of the profile; made when missing
 * @throws when the browser does not start, or refuses the extension
 */
export async function openBrowser(executable: string, extension: string, profile: string, headless: boolean): Promise<Browser> {
  mkdirSync(profile, { recursive: true });
  const child = spawn(executable, flags(profile, headless), { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });
  const cdp = createCdpPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const close = async (): Promise<void> => {
    const timer = setTimeout(() => kill(child, 'SIGKILL'), 3000);
    kill(child, 'SIGTERM');
    await ended;
    clearTimeout(timer);
  };
  const failed = ended.then((why): never => { throw new Error(`The browser ${executable} did not stay open: ${why}.`); });
  try {
    return { ...await Promise.race([load(cdp, extension), failed]), ended, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function load(cdp: CdpPipe, extension: string): Promise<Pick<Browser, 'extensionId' | 'version' | 'open' | 'reload'>> {
  const { product } = await cdp.send('Browser.getVersion', {}, 30_000);
  const { id } = await cdp.send('Extensions.loadUnpacked', { path: extension });
  if (typeof id !== 'string') throw new Error('The browser loaded the extension without telling its id.');
  const open = async (url: string): Promise<void> => { await cdp.send('Target.createTarget', { url }); };
  const reload = async (): Promise<void> => { await cdp.send('Extensions.loadUnpacked', { path: extension }); };
  return { extensionId: id, reload, version: String(product), open };
}
