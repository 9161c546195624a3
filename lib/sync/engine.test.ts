import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { openDatabase, type Database } from '#lib/db/schema.ts';
import { uuid } from '#lib/base/uuid.ts';
import type { CommandId, ConversationId } from '#lib/protocol/ids.ts';
import { createMemorySpare } from '../../tests/support/memory-spare.ts';
import { createEngine } from './engine.ts';
import type { SocketEvents } from './connection.ts';

type Frame = Record<string, unknown> & { type: string };
const opened: { close(): void }[] = [];
afterEach(() => { for (const it of opened.splice(0)) it.close(); });

/** A companion in memory: keeps what it got, in order, once per id; `mute` loses its answers. */
function createServer() {
  const kept: string[] = [];
  const refuse = new Map<string, string>();
  const server = { kept, refuse, mute: false, sockets: [] as SocketEvents[], frames: [] as Frame[],
    open: (_url: string, events: SocketEvents) => {
      server.sockets.push(events);
      const say = (frame: Frame) => { if (!server.mute) events.message(JSON.stringify(frame)); };
      queueMicrotask(() => events.open());
      return { close: () => undefined, send: (text: string) => {
        const frame = JSON.parse(text) as Frame;
        server.frames.push(frame);
        if (frame.type === 'hello') say({ type: 'welcome', version: 1, epoch: 'e', head: 0, serverTime: 1, workspaceName: 'W', self: { id: 'm', seq: 1, name: 'Sam', role: 'agent', revokedAt: null } });
        if (frame.type !== 'command') return;
        const id = frame['id'] as string;
        const words = (frame['command'] as { text: string }).text;
        const code = refuse.get(words);
        if (code) return say({ type: 'nack', id, refusal: { code, message: code } });
        if (!kept.includes(words)) kept.push(words);
        say({ type: 'ack', id });
      } };
    } };
  return server;
}
function start(db: Database, server: ReturnType<typeof createServer>) {
  const faults: unknown[] = [];
  const engine = createEngine({ db, spare: createMemorySpare(), build: '1', onStorage: () => undefined, openSocket: server.open, now: () => 1, random: () => 0, workerId: 'w', keepAwake: () => undefined,
    credentials: async () => ({ address: 'http://127.0.0.1:1', token: 'a'.repeat(43) }), rotate: async () => undefined,
    onChange: async () => ({ badge: '', alerted: [] }), onOutbox: () => undefined, onFault: (error) => faults.push(error) });
  opened.push(engine);
  return Object.assign(engine, { faults });
}
const until = (check: () => boolean | Promise<boolean>) => expect.poll(check, { timeout: 5_000, interval: 5 }).toBe(true);
const say = (conversationId: string, text: string) => ({ type: 'message.send' as const, conversationId: conversationId as ConversationId, text, seen: 0 });
const id = () => uuid() as CommandId;

test('replies whose answers were lost arrive once, in order, from a restarted worker', async () => {
  const db = openDatabase(uuid());
  const server = createServer();
  const first = start(db, server);
  await first.connect();
  await until(() => first.link().name === 'online');
  server.mute = true;
  await first.add(id(), say('c', 'one'));
  await first.add(id(), say('c', 'two'));
  await until(() => server.kept.length === 1);
  first.close();
  server.mute = false;
  const second = start(db, server);
  await second.connect();
  await until(async () => await db.outbox.count() === 0);
  expect(server.kept).toEqual(['one', 'two']);
  expect(second.faults).toEqual([]);
});

test('a held reply blocks only later ones of its conversation, a refused one blocks nothing', async () => {
  const db = openDatabase(uuid());
  const server = createServer();
  server.refuse.set('held', 'held').set('poison', 'forbidden');
  const engine = start(db, server);
  for (const [conversation, text] of [['a', 'held'], ['a', 'after held'], ['b', 'poison'], ['b', 'after poison'], ['c', 'other']] as const) await engine.add(id(), say(conversation, text));
  await engine.connect();
  await until(() => server.kept.length === 2);
  expect(server.kept.toSorted()).toEqual(['after poison', 'other']);
  const [held] = await db.outbox.filter(({ state }) => state === 'held').toArray();
  server.refuse.clear();
  await engine.retry(held!.id, true, 7);
  await until(() => server.kept.length === 4);
  expect(server.kept.slice(2)).toEqual(['held', 'after held']);
});

test('connecting many times at once opens one socket', async () => {
  const server = createServer();
  const engine = start(openDatabase(uuid()), server);
  await Promise.all([engine.connect(), engine.connect(), engine.connect()]);
  await until(() => engine.link().name === 'online');
  expect(server.sockets).toHaveLength(1);
});

test.each([[4401, 'revoked'], [4403, 'revoked'], [4426, 'too_old'], [1006, 'waiting']])('close code %i ends as %s', async (code, name) => {
  const server = createServer();
  const engine = start(openDatabase(uuid()), server);
  await engine.connect();
  await until(() => engine.link().name === 'online');
  server.sockets[0]!.close(code);
  expect(engine.link().name).toBe(name);
});
