import { expect, test } from 'vitest';
import { findBrowser, hasDisplay, type Machine } from './find-browser.ts';

const machine = (files: string[], more: Partial<Machine> = {}): Machine =>
  ({ platform: 'linux', home: '/h', env: { PATH: '/opt/bin:/usr/bin' }, exists: (path) => files.includes(path), glob: () => [], ...more });

test('CHROME_PATH wins, and is refused by name when it names nothing', () => {
  expect(findBrowser(machine(['/c', '/usr/bin/chromium'], { env: { CHROME_PATH: '/c' } }))).toBe('/c');
  expect(() => findBrowser(machine([], { env: { CHROME_PATH: '/gone' } }))).toThrow('CHROME_PATH is "/gone"');
});

test('the newest of Playwright\'s browsers comes before the system\'s', () => {
  const cached = ['/h/.cache/ms-playwright/chromium-999/chrome-linux/chrome', '/h/.cache/ms-playwright/chromium-1200/chrome-linux/chrome'];
  expect(findBrowser(machine([...cached, '/usr/bin/chromium'], { glob: () => [...cached] }))).toBe(cached[1]);
});

test('the system is searched on PATH on Linux and in the applications on a Mac', () => {
  expect(findBrowser(machine(['/opt/bin/google-chrome']))).toBe('/opt/bin/google-chrome');
  expect(findBrowser(machine(['/Applications/Brave Browser.app/Contents/MacOS/Brave Browser'], { platform: 'darwin' }))).toContain('Brave');
  expect(findBrowser(machine([]))).toBeNull();
});

test('Linux without a display opens no window', () => {
  expect(hasDisplay(machine([]))).toBe(false);
  expect(hasDisplay(machine([], { env: { WAYLAND_DISPLAY: 'wayland-0' } }))).toBe(true);
});
