import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { build } from '#lib/start/build.ts';
import { ROOT } from '#lib/start/paths.ts';
import { until } from '../support/companion.ts';

const MAIN = join(ROOT, 'lib/start/main.ts');
let data: string;
let child: ChildProcess | null = null;
beforeEach(() => { data = mkdtempSync(join(tmpdir(), 'baton-start-')); });
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

function start(...args: string[]): { out(): string; err(): string; code: Promise<number> } {
  const own = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  child = own;
  let [out, err] = ['', ''];
  own.stdout.on('data', (text) => { out += String(text); });
  own.stderr.on('data', (text) => { err += String(text); });
  return { out: () => out, err: () => err, code: once(own, 'exit').then(([code]) => Number(code)) };
}

async function answers(url: string): Promise<boolean> {
  return await fetch(`${url}/healthz`).then((response) => response.ok, () => false);
}

test.each([['--colour'], ['--port=many']])('%s is refused by name with exit code 2', async (flag) => {
  const { code, err, out } = start(flag);
  expect(await code).toBe(2);
  expect(err()).toContain(flag.split('=')[0]);
  expect(out()).toBe('');
});

test('without a browser: one line of JSON with a code for each role, the steps to load the extension, and an end that leaves nothing', { timeout: 90_000 }, async () => {
  await build();
  const { out, err, code } = start('--no-browser', '--no-demo', '--json', '--port', '0', '--data', data);
  await until('the line of JSON', () => out().endsWith('\n') || child!.exitCode !== null, 60_000);
  expect(out(), err()).toMatch(/^\{.*\}\n$/);
  const line = JSON.parse(out()) as { companion: string; demo: null; extension: string; pairing: Record<string, string> };
  expect(line).toMatchObject({ demo: null, pairing: { admin: expect.any(String), lead: expect.any(String), agent: expect.any(String) } });
  expect(new Set(Object.values(line.pairing)).size).toBe(3);
  expect(err()).toContain(`choose ${line.extension}`);
  expect(await answers(line.companion)).toBe(true);
  child!.kill('SIGTERM');
  expect(await code).toBe(0);
  expect(await answers(line.companion)).toBe(false);
});

test('a launcher that is killed outright takes its companion with it', { timeout: 90_000 }, async () => {
  await build();
  const { out, err, code } = start('--no-browser', '--no-demo', '--json', '--port', '0', '--data', data);
  await until('the line of JSON', () => out().endsWith('\n') || child!.exitCode !== null, 60_000);
  expect(out(), err()).toMatch(/^\{/);
  const { companion } = JSON.parse(out()) as { companion: string };
  child!.kill('SIGKILL');
  await code;
  await until('the companion is gone', async () => !await answers(companion), 10_000);
});
