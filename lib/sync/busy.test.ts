import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { openDatabase } from '#lib/db/schema.ts';
import type { AgentUp } from '#lib/protocol/agent.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';
import { createConnection, type SocketEvents } from './connection.ts';
import { createWatch } from './watch.ts';

test('messages that are on their way are not asked for again; newer ones are', async () => {
  const db = openDatabase(uuid());
  const sent: AgentUp[] = [];
  const watch = createWatch(db, (frame) => { sent.push(frame); return true; });
  const id = 'c' as ConversationId;
  const row = (messageSeq: number) => ({ id, lastAt: 1, status: 'escalated', claim: null, messageSeq }) as Conversation;
  await db.conversation.put(row(5));
  for (let at = 0; at < 20; at++) await watch.refresh();
  expect(sent).toEqual([{ type: 'watch', conversationId: id, after: 0 }]);
  await db.conversation.put(row(9));
  await watch.refresh();
  await watch.refresh();
  expect(sent).toHaveLength(2);
  await watch.reconnected();
  expect(sent).toHaveLength(3);
});

test('an answer that waits in line to be read is a sign of life all the same', async () => {
  vi.useFakeTimers();
  const links: string[] = [];
  const wire: SocketEvents[] = [];
  const connection = createConnection({ openSocket: (_, events) => { wire.push(events); return { send: () => undefined, close: () => undefined }; }, now: Date.now, random: () => 0,
    hello: () => Promise.resolve({ url: 'ws://companion.example', frame: { type: 'ping', seq: 0 } }), heldSeq: () => 0, onText: () => undefined, onLink: ({ name }) => links.push(name), keepAwake: () => undefined });
  await connection.connect();
  connection.welcomed();
  await vi.advanceTimersByTimeAsync(25_000);
  wire[0]!.message('{"type":"pong"}');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(links.at(-1)).toBe('online');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(links).toContain('waiting');
  connection.close();
  vi.useRealTimers();
});

test('news from the companion is no answer: a connection that carries one way only is found within 30 s, one with a long answer under way is kept', async () => {
  vi.useFakeTimers();
  const links: string[] = [];
  const wire: SocketEvents[] = [];
  const connection = createConnection({ openSocket: (_, events) => { wire.push(events); return { send: () => undefined, close: () => undefined }; }, now: Date.now, random: () => 0,
    hello: () => Promise.resolve({ url: 'ws://companion.example', frame: { type: 'ping', seq: 0 } }), heldSeq: () => 0, onText: () => undefined, onLink: ({ name }) => links.push(name), keepAwake: () => undefined });
  await connection.connect();
  connection.welcomed();
  for (let at = 0; at < 5; at++) { await vi.advanceTimersByTimeAsync(9_000); wire[0]!.message(`{"type":"feed","rows":"${'x'.repeat(70_000)}"}`); }
  expect(links.at(-1)).toBe('online');
  wire[0]!.message('{"type":"pong"}');
  for (let second = 0; second < 30; second++) { await vi.advanceTimersByTimeAsync(1_000); wire[0]!.message('{"type":"presence"}'); }
  expect(links).toContain('waiting');
  connection.close();
  vi.useRealTimers();
});
