import { existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The parts of the machine that are asked, so that a test can answer. */
export interface Machine { platform: NodeJS.Platform; home: string; env: NodeJS.ProcessEnv; exists: (path: string) => boolean; glob: (pattern: string) => string[] }

const here: Machine = { platform: process.platform, home: homedir(), env: process.env, exists: existsSync, glob: (pattern) => globSync(pattern) };
const LINUX_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable', 'microsoft-edge', 'brave-browser'];
const MAC_APPS = ['Chromium', 'Google Chrome', 'Microsoft Edge', 'Brave Browser'];
const WINDOWS_PATHS = ['Chromium\\Application\\chrome.exe', 'Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe', 'BraveSoftware\\Brave-Browser\\Application\\brave.exe'];

function playwrightCache({ platform, home, env, glob }: Machine): string[] {
  const cache = env.PLAYWRIGHT_BROWSERS_PATH || (platform === 'darwin' ? join(home, 'Library/Caches/ms-playwright') : platform === 'win32' ? join(env.LOCALAPPDATA ?? home, 'ms-playwright') : join(home, '.cache/ms-playwright'));
  const inside = platform === 'darwin' ? 'chrome-mac*/*.app/Contents/MacOS/*' : platform === 'win32' ? 'chrome-win*/chrome.exe' : 'chrome-linux*/chrome';
  return glob(`${cache.replaceAll('\\', '/')}/chromium-*/${inside}`).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}

function system({ platform, home, env }: Machine): string[] {
  if (platform === 'darwin') return MAC_APPS.flatMap((app) => ['/Applications', join(home, 'Applications')].map((folder) => `${folder}/${app}.app/Contents/MacOS/${app}`));
  if (platform === 'win32') return WINDOWS_PATHS.flatMap((path) => [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((folder) => folder !== undefined).map((folder) => `${folder}\\${path}`));
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin'].filter(Boolean);
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * A browser of the Chromium family: `$CHROME_PATH`, Playwright's newest, then the system's.
 * @throws when `$CHROME_PATH` is set and names no file
 */
export function findBrowser(machine: Machine = here): string | null {
  const named = machine.env.CHROME_PATH;
  if (named && !machine.exists(named)) throw new Error(`CHROME_PATH is "${named}", and there is no such file. It accepts the path of a Chromium, Chrome, Edge or Brave executable.`);
  if (named) return named;
  return [...playwrightCache(machine), ...system(machine)].find((path) => machine.exists(path)) ?? null;
}

/** Whether a window can be opened at all. */
export function hasDisplay(machine: Machine = here): boolean {
  return machine.platform !== 'linux' || Boolean(machine.env.DISPLAY || machine.env.WAYLAND_DISPLAY);
}
