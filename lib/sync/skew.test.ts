import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { openDatabase, type Database } from '#lib/db/schema.ts';
import { uuid } from '#lib/base/uuid.ts';
import { CommandId, ConversationId } from '#lib/protocol/ids.ts';
import type { AgentUp } from '#lib/protocol/agent.ts';
import { createMemorySpare } from '../../tests/support/memory-spare.ts';
import { recorded } from '../../tests/support/wire-v1/recording.ts';
import { createEngine } from './engine.ts';
import type { SocketEvents } from './connection.ts';

const open: { close(): void }[] = [];
afterEach(() => { for (const one of open.splice(0)) one.close(); });
const until = (check: () => unknown) => expect.poll(check, { timeout: 5_000, interval: 5 }).toBeTruthy();

/** An engine and the other end of its wire, by hand. */
function start(db: Database, build = '1') {
  const heard: AgentUp[] = [];
  let events: SocketEvents | null = null;
  const faults: unknown[] = [];
  const engine = createEngine({ db, spare: createMemorySpare(), build, now: () => 1, random: () => 0, workerId: 'w', keepAwake: () => undefined,
    openSocket: (_url, given) => { events = given; queueMicrotask(() => given.open()); return { send: (text) => heard.push(JSON.parse(text) as AgentUp), close: () => undefined }; },
    credentials: async () => ({ address: 'http://127.0.0.1:1', token: 'a'.repeat(43) }), rotate: async () => undefined,
    onChange: async () => ({ badge: '', alerted: [] }), onStorage: () => undefined, onOutbox: () => undefined, onFault: (fault) => faults.push(fault) });
  open.push(engine);
  const say = async (...frames: (object | string)[]) => { for (const frame of frames) events?.message(typeof frame === 'string' ? frame : JSON.stringify(frame)); await engine.idle(); };
  return { engine, heard, faults, say, async greet(welcome: object = {}) {
    await engine.connect();
    await until(() => heard.length > 0);
    await say({ ...JSON.parse(recorded('agent')[0]!) as object, ...welcome });
  } };
}
const member = (id: string, seq: number) => ({ kind: 'member', row: { id, seq, name: 'Sam', role: 'agent', revokedAt: null } });

test('with a companion of protocol 1: everything it says is applied, a reply is sent and acknowledged, and it is told nothing it does not know', async () => {
  const db = openDatabase(uuid());
  const { engine, heard, faults, say, greet } = start(db);
  await greet();
  await say(...recorded('agent').slice(1).filter((text) => !text.includes('"drain"') && !text.includes('"error"')));
  expect(await db.meta.get('cursor')).toMatchObject({ seq: 75 });
  expect([await db.conversation.count(), await db.member.count(), await db.note.count()].every((count) => count > 0)).toBe(true);
  expect(await db.meta.get('skipped')).toBeUndefined();
  const row = (await db.conversation.toArray()).find(({ seq }) => seq === 75)!;
  expect(await db.message.where('[conversationId+index]').between([row.id, 0], [row.id, Infinity]).count()).toBe(row.messageCount);
  await engine.add(CommandId.parse('mine'), { type: 'note.add', conversationId: row.id, text: 'Still works' });
  await until(() => heard.some((frame) => frame.type === 'command'));
  await say({ type: 'ack', id: 'mine' });
  await until(async () => await db.outbox.count() === 0);
  await engine.forget();
  expect(heard.map(({ type }) => type as string)).not.toContain('bye');
  expect(faults).toEqual([]);
});

test('one of protocol 2 hears bye when this browser is disconnected on purpose', async () => {
  const { engine, heard, greet } = start(openDatabase(uuid()));
  await greet({ version: 2 });
  await engine.forget();
  expect(heard.at(-1)).toEqual({ type: 'bye' });
});

test('with a newer companion: rows and frames nobody knew of are left out once and for all, the cursor moves on, what is known is applied', async () => {
  const db = openDatabase(uuid());
  const { heard, faults, say, greet } = start(db);
  await greet({ version: 9, mood: 'new' });
  await say({ type: 'feed', from: 0, to: 4, reset: true, rows: [member('a', 1), { kind: 'tag', row: { id: 't', seq: 3 } }, member('b', 4)] }, { type: 'poll', of: 'tomorrow' });
  expect((await db.member.toArray()).map(({ id }) => id as string)).toEqual(['a', 'b']);
  expect(await db.meta.get('cursor')).toMatchObject({ seq: 4 });
  expect(await db.meta.get('skipped')).toMatchObject({ newer: 2, unread: 0 });
  expect(heard.some((frame) => frame.type === 'sync')).toBe(false);
  expect(faults).toEqual([]);
});

test('a row of a known kind that cannot be read is noted for the agent; the next build asks for everything anew', async () => {
  const db = openDatabase(uuid());
  const first = start(db);
  await first.greet();
  await first.say({ type: 'feed', from: 0, to: 4, reset: true, rows: [member('a', 1), { kind: 'member', row: { id: 'broken', seq: 2 } }] });
  expect(await db.meta.get('skipped')).toMatchObject({ unread: 1 });
  first.engine.close();
  const same = start(db);
  await same.greet();
  expect(same.heard[0]).toMatchObject({ type: 'hello', cursor: { seq: 4 } });
  same.engine.close();
  const next = start(db, '2');
  await next.greet();
  expect(next.heard[0]).toMatchObject({ type: 'hello', cursor: null });
  expect(await db.meta.get('skipped')).toBeUndefined();
});

test('a companion too old to talk to is said to be so, and nothing more is tried', async () => {
  const { engine, heard, greet } = start(openDatabase(uuid()));
  await greet({ version: 0 });
  expect(engine.link()).toEqual({ name: 'too_old', which: 'companion' });
  await engine.connect();
  expect(heard).toHaveLength(1);
});

test('a reply refused for a reason nobody knew of fails with the companion\'s words instead of waiting for ever', async () => {
  const db = openDatabase(uuid());
  const { engine, say, greet } = start(db);
  await greet();
  await engine.add(CommandId.parse('one'), { type: 'message.send', conversationId: ConversationId.parse('c'), text: 'Hi', seen: 0 });
  await say({ type: 'nack', id: 'one', refusal: { code: 'on_holiday', message: 'Not today.' } });
  expect(await db.outbox.toArray()).toMatchObject([{ state: 'failed', refusal: { message: 'Not today.' } }]);
});

test('a database that lost its rows while running greets the companion as an empty one, and unsent words come back', async () => {
  const db = openDatabase(uuid());
  const { engine, heard, say, greet } = start(db);
  await greet();
  await say({ type: 'feed', from: 0, to: 4, reset: true, rows: [member('a', 1)] });
  await engine.add(CommandId.parse('kept'), { type: 'message.send', conversationId: ConversationId.parse('c'), text: 'Hi', seen: 0 });
  await Promise.all(db.tables.map((table) => table.clear()));
  await say({ type: 'feed', from: 4, to: 5, rows: [member('b', 5)] });
  await until(() => heard.filter(({ type }) => type === 'hello').length === 2);
  expect(heard.findLast(({ type }) => type === 'hello')).toMatchObject({ cursor: null });
  expect((await db.outbox.toArray()).map(({ id }) => id as string)).toEqual(['kept']);
  expect(await db.meta.get('restored')).toMatchObject({ replies: [{ id: 'kept', conversationId: 'c' }] });
});
