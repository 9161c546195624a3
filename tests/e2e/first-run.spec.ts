import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort } from '#lib/start/free-port.ts';
import { ROOT } from '#lib/start/paths.ts';
import { startTestCompanion, until } from '../support/companion.ts';

interface Ready { companion: string; demo: string | null; extension: string; pairing: Record<'admin' | 'lead' | 'agent', string> }
interface Process { pid: number; parent: number; started: string; command: string }
interface Ended { code: number | null; out: string; err: string }

const key = ({ pid, started }: Process): string => `${pid} ${started}`;

/** The system's process list. `started` tells a process from a later one that was given the same number. */
function processes(): Process[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,lstart=,args=', '-ww'], { encoding: 'utf8' }).split('\n').flatMap((line) => {
    const found = /^\s*(\d+)\s+(\d+)\s+(\S+\s+\S+\s+\d+\s+\S+\s+\d+)\s+(.*)$/.exec(line);
    return found ? [{ pid: Number(found[1]), parent: Number(found[2]), started: found[3] ?? '', command: found[4] ?? '' }] : [];
  });
}

/** Everything below a process. */
function below(root: number): Process[] {
  const all = processes();
  const found: Process[] = [];
  for (let parents = [root]; parents.length > 0;) {
    const children = all.filter(({ parent }) => parents.includes(parent));
    found.push(...children);
    parents = children.map(({ pid }) => pid);
  }
  return found;
}

function npm(args: string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; said: { out: string; err: string }; ended: Promise<Ended> } {
  const child = spawn('npm', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => { said.out += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { said.err += text; });
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, ...said }));
  return { child, said, ended };
}

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'baton-first-'));
  folders.push(made);
  return made;
};
test.afterEach(() => { for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }); });

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`npm start answers with a demo shop and pairing codes; ${signal} to npm leaves neither companion nor browser`, async () => {
    const data = folder();
    const { child, said, ended } = npm(['start', '--silent', '--', '--headless', '--json', '--port', '0', '--data', data]);
    await until('the line of JSON', () => {
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${said.err}`);
      return /^\{.*\}$/m.test(said.out);
    }, 40_000);
    const ready = JSON.parse(/^\{.*\}$/m.exec(said.out)?.[0] ?? '') as Ready;
    expect(said.out.trim().split('\n')).toHaveLength(1);
    expect(existsSync(join(ready.extension, 'manifest.json'))).toBe(true);
    expect(await (await fetch(ready.demo ?? '')).text()).toContain(`${ready.companion}/widget.js`);
    for (const role of ['admin', 'lead', 'agent'] as const) {
      const pair = (): Promise<Response> => fetch(`${ready.companion}/api/pair`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: ready.pairing[role], version: 1 }) });
      expect((await (await pair()).json() as { member: { role: string } }).member.role).toBe(role);
      expect((await (await pair()).json() as { code: string }).code).toBe('used_code');
    }
    const ours = below(child.pid ?? 0);
    expect(ours.some(({ command }) => command.includes('lib/companion/main.ts'))).toBe(true);
    expect(ours.some(({ command }) => command.includes(`--user-data-dir=${data}`))).toBe(true);
    child.kill(signal);
    const left = (): Process[] => {
      const alive = new Map(processes().map((one) => [key(one), one]));
      return ours.filter((one) => alive.has(key(one)) && !alive.get(key(one))?.command.includes('<defunct>'));
    };
    await expect.poll(() => left().map(({ command }) => command.slice(0, 120)), { timeout: 10_000 }).toEqual([]);
    expect(processes().filter(({ command }) => command.includes(data))).toEqual([]);
    await ended;
  });
}

test('a flag or environment value that is of no use is named, with exit code 2', async () => {
  const [flag, port] = await Promise.all([npm(['start', '--silent', '--', '--bogus', '--data', folder()]).ended, npm(['run', 'companion', '--silent'], { PORT: 'abc', DATA_DIR: folder() }).ended]);
  expect(flag.code).toBe(2);
  expect(flag.err).toContain('--bogus');
  expect(port.code).toBe(2);
  expect(port.err).toMatch(/PORT is "abc".*65535/);
});

test('a second companion on the same folder refuses in words, and SIGTERM to the first ends it with 0', async () => {
  const first = await startTestCompanion();
  const start = (port: number) => spawn(process.execPath, [join(ROOT, 'lib/companion/main.ts')], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PORT: String(port), DATA_DIR: first.data } });
  const second = start(await freePort(0));
  let words = '';
  second.stderr.setEncoding('utf8').on('data', (text: string) => { words += text; });
  const [code] = await once(second, 'close') as [number];
  expect(code).toBe(1);
  expect(words).toContain(first.data);
  expect(words).toMatch(/already|another|in use/i);
  expect((await fetch(`${first.url}/healthz`)).ok).toBe(true);
  await first.stop();
  const port = await freePort(0);
  const third = start(port);
  await until('it listens on the folder again', async () => await fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => answer.ok, () => false));
  third.kill('SIGTERM');
  expect(await once(third, 'close')).toEqual([0, null]);
  await first.close();
});
