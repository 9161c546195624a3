import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { baton } from '../support/baton.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { connectAgent, connectRole, connectVisitor, pair } from '../support/socket-client.ts';

// Each starts several processes.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
let companion: TestCompanion;
let elsewhere: string;
beforeEach(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  elsewhere = mkdtempSync(join(tmpdir(), 'baton-backup-'));
});
afterEach(async () => {
  await companion?.close();
  rmSync(elsewhere, { recursive: true, force: true });
});
const ask = (...args: string[]) => baton(companion.data, args);
const messagesIn = (file: string): { texts: string[]; seqs: number[]; head: number } => {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db.prepare(`select body ->> 'text' as text, seq from message order by seq`).all() as { text: string; seq: number }[];
  const { head } = db.prepare('select head from workspace').get() as { head: number };
  db.close();
  return { texts: rows.map(({ text }) => text), seqs: rows.map(({ seq }) => seq), head };
};

test('a backup made while visitors write is one moment: everything acknowledged before, and no seq beyond its head', async () => {
  const visitor = await connectVisitor(companion.url);
  const before = Array.from({ length: 20 }, (_, i) => `before ${i}`);
  for (const text of before) await visitor.say(text);
  let writing = true;
  const busy = (async () => { for (let i = 0; writing; i++) await visitor.say(`during ${i}`); return visitor.lines().length; })();
  const file = join(elsewhere, 'one.baton');
  const { code, out, err } = await ask('backup', file);
  writing = false;
  expect(await busy).toBeGreaterThan(20);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/holds everything: \d+ conversations, the newest line of 20/);
  expect(readdirSync(elsewhere)).toEqual(['one.baton']);
  const held = messagesIn(file);
  expect(held.texts).toEqual(expect.arrayContaining(before));
  expect(Math.max(...held.seqs)).toBeLessThanOrEqual(held.head);
  const { result } = new DatabaseSync(file, { readOnly: true }).prepare('select quick_check as result from pragma_quick_check').get() as { result: string };
  expect(result).toBe('ok');
});

test('an existing file is replaced only with --force, and a folder without data is refused', async () => {
  const file = join(elsewhere, 'mine.txt');
  writeFileSync(file, 'my notes');
  const refused = await ask('backup', file);
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining(`${file} is there already`) });
  expect(readFileSync(file, 'utf8')).toBe('my notes');
  expect(await ask('backup', file, '--force')).toMatchObject({ code: 0 });
  expect(messagesIn(file).head).toBeGreaterThan(0);
  expect(await baton(elsewhere, ['backup', join(elsewhere, 'other')])).toMatchObject({ code: 1, err: expect.stringContaining("There is no companion's data in") });
  expect(await ask('backup', join(companion.data, 'baton.db'), '--force')).toMatchObject({ code: 1, err: expect.stringContaining("companion's own database") });
});

test('words that are not understood end with 2', async () => {
  expect(await ask('backups')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Unknown word "backups"') });
});

test('with DATABASE_URL set, backup and restore name the tools of PostgreSQL', async () => {
  const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' };
  expect(await baton(companion.data, ['backup', join(elsewhere, 'x')], env)).toMatchObject({ code: 1, err: expect.stringContaining('pg_dump') });
  expect(await baton(companion.data, ['restore', join(elsewhere, 'x')], env)).toMatchObject({ code: 1, err: expect.stringContaining('pg_restore') });
});

test('restore is refused while a companion runs, and for anything that is not a whole backup; nothing changes', async () => {
  const file = join(elsewhere, 'b');
  await ask('backup', file);
  expect(await ask('restore', file)).toMatchObject({ code: 1, err: expect.stringContaining('in use by another companion') });
  await companion.stop();
  const before = readFileSync(join(companion.data, 'baton.db'));
  const epoch = readFileSync(join(companion.data, 'baton.json'), 'utf8');
  const damaged = readFileSync(file);
  damaged.fill(0x5a, 4096 * 3, 4096 * 9);
  const bad: [string, Buffer | string, string][] = [['text', 'no database at all, just words', 'not a database'], ['empty', '', 'not a database'], ['damaged', damaged, 'damaged']];
  for (const [name, content, words] of bad) {
    writeFileSync(join(elsewhere, name), content);
    expect(await ask('restore', join(elsewhere, name)), name).toMatchObject({ code: 1, err: expect.stringContaining(words) });
  }
  const foreign = new DatabaseSync(join(elsewhere, 'foreign'));
  foreign.exec('create table recipes (name text); pragma user_version = 1');
  foreign.close();
  expect(await ask('restore', join(elsewhere, 'foreign'))).toMatchObject({ code: 1, err: expect.stringContaining('not of a companion') });
  const newer = new DatabaseSync(file);
  newer.exec('pragma user_version = 999');
  newer.close();
  expect(await ask('restore', file)).toMatchObject({ code: 1, err: expect.stringContaining('newer companion') });
  expect(await ask('restore', join(elsewhere, 'nowhere'))).toMatchObject({ code: 1, err: expect.stringContaining('There is no file') });
  expect(readFileSync(join(companion.data, 'baton.db')).equals(before)).toBe(true);
  expect(readFileSync(join(companion.data, 'baton.json'), 'utf8')).toBe(epoch);
  expect(readdirSync(companion.data).filter((name) => /restore/.test(name))).toEqual([]);
});

test('a restore brings back what the backup held, keeps the present aside, and leaves revoked who was revoked since', async () => {
  const file = join(elsewhere, 'b');
  const visitor = await connectVisitor(companion.url);
  await visitor.say('kept in the backup');
  const agent = await connectRole(companion, 'agent');
  const lead = await connectRole(companion, 'lead');
  const leadName = [...lead.rows.values()].find((one) => one.kind === 'member' && one.row.role === 'lead')!.row as unknown as { name: string };
  expect(await ask('backup', file)).toMatchObject({ code: 0 });
  await visitor.say('said after the backup');
  const late = await pair(companion.url, await companion.operator.code('agent'));
  expect(await ask('member', 'revoke', leadName.name)).toMatchObject({ code: 0 });
  await companion.stop();
  const present = readFileSync(join(companion.data, 'baton.db'));
  const { code, out, err } = await ask('restore', file);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const aside = /kept in (\S+)\./.exec(out)![1]!;
  expect(readFileSync(join(aside, 'baton.db')).equals(present)).toBe(true);
  await companion.start();
  const again = await connectVisitor(companion.url, { id: visitor.id, secret: visitor.secret });
  expect(again.lines().map((one) => (one as { text?: string }).text)).toContain('kept in the backup');
  expect(again.lines().map((one) => (one as { text?: string }).text)).not.toContain('said after the backup');
  const back = await connectAgent(companion.url, agent.device, agent.cursor());
  expect(back.cursor().epoch).not.toBe(agent.cursor().epoch);
  expect(back.history.some((frame) => frame.type === 'feed' && frame.reset)).toBe(true);
  // Paired after the backup was made: its key was carried over.
  await connectAgent(companion.url, late);
  const closed = await connectAgent(companion.url, lead.device).then(() => 'connected', (error: unknown) => String(error));
  expect(closed).toContain('the socket closed');
  expect((await ask('member', 'list')).out).not.toContain(leadName.name);
});

test('a visitor who was deleted since the backup stays deleted, also in the file, and the log of it goes on', async () => {
  const file = join(elsewhere, 'b');
  const admin = await connectRole(companion, 'admin');
  const [doomed, other] = [await connectVisitor(companion.url), await connectVisitor(companion.url)];
  await doomed.say('my secret of before zq77');
  await other.say('this one stays');
  const { id, botId } = await admin.conversation(doomed);
  await admin.conversation(other);
  expect(await ask('backup', file)).toMatchObject({ code: 0 });
  expect((await admin.command({ type: 'visitor.delete', botId, visitorId: doomed.id })).type).toBe('ack');
  const log = async () => (await (await fetch(`${companion.url}/api/audit`, { headers: { authorization: `Bearer ${admin.device.token}`, origin: admin.device.origin } })).json() as { entries: object[] }).entries;
  const before = await log();
  expect(before.length).toBeGreaterThan(0);
  await companion.stop();
  expect(await ask('restore', file)).toMatchObject({ code: 0, err: '' });
  expect(readFileSync(join(companion.data, 'baton.db')).includes('zq77')).toBe(false);
  expect(readFileSync(file).includes('zq77')).toBe(true);
  const held = messagesIn(join(companion.data, 'baton.db'));
  expect(held.texts).toContain('this one stays');
  const db = new DatabaseSync(join(companion.data, 'baton.db'), { readOnly: true });
  const gone = db.prepare(`select id, seq, body ->> 'seq' as bodySeq from gone`).all() as { id: string; seq: number; bodySeq: number }[];
  db.close();
  expect(gone).toEqual([{ id, seq: held.head, bodySeq: held.head }]);
  await companion.start();
  const back = await connectAgent(companion.url, admin.device, admin.cursor());
  expect([...back.rows.keys()]).not.toContain(id);
  expect(await log()).toEqual(before);
  await expect(connectVisitor(companion.url, { id: doomed.id, secret: doomed.secret })).rejects.toThrow(/closed/);
  await (await connectVisitor(companion.url, { id: other.id, secret: other.secret })).say('goes on');
  await back.until('it', () => back.cursor().seq > held.head);
});

test('a folder whose data cannot be read is restored all the same, and it is said that browsers may have to pair again', async () => {
  const file = join(elsewhere, 'b');
  await ask('backup', file);
  await companion.kill();
  writeFileSync(join(companion.data, 'baton.db'), 'burnt');
  const { code, out } = await ask('restore', file);
  expect(code).toBe(0);
  expect(out).toContain('could not be read');
  await companion.start();
  expect((await ask('member', 'list')).out).toContain('(admin)');
});

test('an empty folder on another machine takes a backup', async () => {
  const file = join(elsewhere, 'b');
  await ask('backup', file);
  const dir = join(elsewhere, 'new');
  mkdirSync(dir);
  const { code, out } = await baton(dir, ['restore', file]);
  expect(code).toBe(0);
  expect(out).not.toContain('kept in');
  expect((await baton(dir, ['member', 'list'])).out).toContain('(admin)');
});
