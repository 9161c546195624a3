import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LEFT_BEHIND } from '#lib/companion/operator/move.ts';
import { migrate } from '#lib/companion/store/postgres/migrate.ts';
import { uuid } from '#lib/base/uuid.ts';
import type { CommandId } from '#lib/protocol/ids.ts';
import { baton } from '../support/baton.ts';
import { startTestCompanion, until, type TestCompanion } from '../support/companion.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { connectAgent, connectRole, connectVisitor, pair } from '../support/socket-client.ts';
import { startWorker } from '../support/worker.ts';

const EMBEDDED = { DATABASE_URL: '', NATS_URL: '' };
let companion: TestCompanion;
let postgres: TestPostgres;
beforeEach(async () => {
  postgres = await startPostgres();
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off', ...EMBEDDED });
});
afterEach(async () => {
  for (const one of others.splice(0)) await one.close();
  await companion?.close();
  await postgres?.close();
});

const others: TestCompanion[] = [];
/** A node on the database, when it is asked for. */
const startOn = async (): Promise<TestCompanion> => {
  const node = await startTestCompanion({ RATE_LIMITS: 'off', DATABASE_URL: postgres.url, NATS_URL: '' });
  others.push(node);
  return node;
};
async function ask<T extends pg.QueryResultRow>(text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}
const move = () => baton(companion.data, ['move', '--to', postgres.url]);
const sorted = (rows: object[]): string[] => rows.map((row) => JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])))).sort();

test('every row of every table arrives as it was, with the epoch, and the folder is left as it was', async () => {
  const visitor = await connectVisitor(companion.url);
  await visitor.say('Grüße \u0000 "quoted" \\ 🏔️ <b>');
  const agent = await connectRole(companion, 'agent');
  const { id } = await agent.conversation(visitor);
  await agent.command({ type: 'note.add', conversationId: id, text: 'a note' });
  for (let i = 0; i < 30; i++) await visitor.say(`line ${i}`);
  await companion.stop();
  const before = readFileSync(join(companion.data, 'baton.db'));
  const { code, out, err } = await move();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('go on where they are');
  expect(out).not.toContain(new URL(postgres.url).password);
  expect(readFileSync(join(companion.data, 'baton.db')).equals(before)).toBe(true);
  const db = new DatabaseSync(join(companion.data, 'baton.db'), { readOnly: true });
  const tables = (db.prepare(`select name from sqlite_schema where type = 'table'`).all() as { name: string }[]).map(({ name }) => name).filter((name) => !LEFT_BEHIND.includes(name));
  expect(tables).toEqual(expect.arrayContaining(['workspace', 'conversation', 'message', 'note', 'command', 'device', 'knowledge', 'visitor']));
  for (const name of tables) {
    const here = sorted(db.prepare(`select * from ${name}`).all());
    if (['message', 'device', 'knowledge', 'note'].includes(name)) expect(here.length, name).toBeGreaterThan(0);
    expect(sorted(await ask(`select * from ${name}`)), name).toEqual(here);
  }
  db.close();
  const { epoch } = JSON.parse(readFileSync(join(companion.data, 'baton.json'), 'utf8')) as { epoch: string };
  expect(await ask(`select value from meta where key = 'epoch'`)).toEqual([{ value: epoch }]);
});

test('it is refused while the companion runs, when the target holds a workspace, and when nothing answers there; the target stays as it was', async () => {
  expect(await move()).toMatchObject({ code: 1, err: expect.stringContaining('in use by another companion') });
  await companion.stop();
  expect(await baton(companion.data, ['move', '--to', 'postgres://nobody@127.0.0.1:1/nothing'])).toMatchObject({ code: 1, err: expect.stringContaining('cannot be used') });
  expect(await move()).toMatchObject({ code: 0 });
  const moved = await ask('select * from conversation order by id');
  expect(await move()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('already holds a workspace') });
  expect(await ask('select * from conversation order by id')).toEqual(moved);
});

test('a copy that does not match is not committed', async () => {
  await companion.stop();
  await migrate(postgres.url);
  // The target loses rows on the way, as somebody else's trigger could do.
  await ask(`create function lose() returns trigger language plpgsql as 'begin if new.idx = 1 then return null; end if; return new; end'; create trigger lose before insert on message for each row execute function lose()`);
  expect(await move()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('not the same as the original') });
  expect(await ask('select count(*)::int as n from workspace')).toEqual([{ n: 0 }]);
});

test('agents and visitors who were connected before the move go on after it without a reset, and what waited in their outbox arrives once', async () => {
  const visitor = await connectVisitor(companion.url);
  await visitor.ask('before the move');
  const admin = await connectRole(companion, 'admin');
  const { id } = await admin.conversation(visitor);
  const device = await pair(companion.url, await companion.operator.code('agent'));
  let address = companion.url;
  const workers = Array.from({ length: 10 }, () => startWorker(() => address, device));
  try {
    for (const one of workers) await one.engine.connect();
    const cursorsOf = () => Promise.all(workers.map(async ({ db }) => db.meta.get('cursor')));
    const head = async (url: string) => (await (await fetch(`${url}/healthz`)).json() as { head: number; epoch: string });
    const before = await head(companion.url);
    await until('all are at the head', async () => (await cursorsOf()).every((row) => row?.key === 'cursor' && row.seq === before.head));
    // Sent, committed and answered, but the answer never came: retried after the move with the same id.
    const repeated = uuid();
    const heard = visitor.lines().length;
    expect((await visitor.say('said once', repeated)).type).toBe('ack');
    // Its own line and the bot's answer: after that, nothing moves by itself.
    await visitor.until('the bot’s answer', () => visitor.lines().length >= heard + 2);
    const note = { type: 'note.add' as const, conversationId: id, text: 'retried' };
    const noteId = uuid();
    expect((await admin.command(note, noteId)).type).toBe('ack');
    const archived = uuid();
    expect((await admin.command({ type: 'conversation.claim', conversationId: id }, archived)).type).toBe('ack');
    const after = await head(companion.url);
    await until('all hold it', async () => (await cursorsOf()).every((row) => row?.key === 'cursor' && row.seq === after.head));
    const cursor = admin.cursor();
    await companion.stop();
    for (const [i, { engine }] of workers.entries()) await engine.add(uuid() as CommandId, { type: 'note.add', conversationId: id, text: `waited ${i}` });
    expect(await move()).toMatchObject({ code: 0 });
    const there = await startOn();
    address = there.url;
    expect(await head(there.url)).toMatchObject({ epoch: after.epoch, head: after.head });
    await Promise.all(workers.map(({ engine }) => engine.connect(true)));
    await until('every outbox is empty', async () => (await Promise.all(workers.map(({ db }) => db.outbox.count()))).every((count) => count === 0), 30_000);
    const back = await connectAgent(there.url, admin.device, cursor);
    expect(back.history.some((frame) => frame.type === 'feed' && frame.reset)).toBe(false);
    expect(workers.map((one) => one.resets())).toEqual(workers.map(() => 1)); // the first snapshot, before the move
    const again = await connectVisitor(there.url, { id: visitor.id, secret: visitor.secret, after: visitor.lines().at(-1)!.seq });
    expect(await again.say('said once', repeated)).toMatchObject({ type: 'ack' });
    expect((await back.command(note, noteId)).type).toBe('ack');
    expect((await back.command({ type: 'conversation.claim', conversationId: id }, archived)).type).toBe('ack');
    expect((await again.say('after the move')).type).toBe('ack');
    const notes = (await ask<{ text: string }>(`select body::jsonb ->> 'text' as text from note`)).map(({ text }) => text);
    expect(notes.toSorted()).toEqual(['retried', ...workers.map((_, i) => `waited ${i}`)].toSorted());
    const lines = (await ask<{ text: string; idx: number }>(`select body::jsonb ->> 'text' as text, idx::int as idx from message where conversation = '${id}' order by idx`));
    expect(lines.filter(({ text }) => text === 'said once')).toHaveLength(1);
    expect(lines.map(({ idx }) => idx)).toEqual(lines.map((_, at) => at + 1));
    expect(workers.flatMap(({ faults }) => faults)).toEqual([]);
  } finally {
    for (const one of workers) one.close();
  }
}, 60_000);
