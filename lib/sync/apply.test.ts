import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '#lib/db/schema.ts';
import { uuid } from '#lib/base/uuid.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import { forgotten, toldOfUnsent } from '#lib/db/gone.ts';
import { applyFeed, applyMessages } from './apply.ts';

const row = (key: number, seq: number) => ({ kind: 'member', row: { id: `m${key}`, seq, name: `n${seq}`, role: 'agent', revokedAt: null } }) as FeedRow;

test('any splits, doubles, reorders and losses of a feed end in the state of the server, once holes are fetched', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }), fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 12 }), async (changes, cuts) => {
    const db = openDatabase(uuid());
    const after = (from: number, to: number) => changes.slice(0, to).map((key, at) => row(key, at + 1)).filter(({ row: it }) => it.seq > from);
    const feed = (from: number, to: number) => applyFeed(db, 'e', { type: 'feed', from, to, rows: after(from, to) });
    for (const [a, b] of cuts) {
      const [from, to] = [Math.min(a, b, changes.length), Math.min(Math.max(a, b), changes.length)];
      const before = (await db.meta.get('cursor')) as { seq: number } | undefined;
      const outcome = await feed(from, to);
      if (outcome === 'hole') expect(from).toBeGreaterThan(before?.seq ?? 0);
    }
    await feed(((await db.meta.get('cursor')) as { seq: number } | undefined)?.seq ?? 0, changes.length);
    const truth = new Map(after(0, changes.length).map(({ row: it }) => [it.id as string, it.seq]));
    expect(new Map((await db.member.toArray()).map((it) => [it.id as string, it.seq]))).toEqual(truth);
    await db.delete();
  }), { numRuns: 60 });
});

test('a reset clears rows but keeps unsent words', async () => {
  const db = openDatabase(uuid());
  await applyFeed(db, 'e', { type: 'feed', from: 0, to: 1, rows: [row(1, 1)] });
  await db.outbox.add({ id: 'x', conversationId: 'c', order: 1, at: 0, command: { type: 'note.add', conversationId: 'c', text: 't' }, state: 'queued', refusal: null } as never);
  await applyFeed(db, 'f', { type: 'feed', from: 0, to: 9, rows: [row(2, 9)], reset: true });
  expect((await db.member.toArray()).map((it) => it.id)).toEqual(['m2']);
  expect(await db.outbox.count()).toBe(1);
  expect(await db.meta.get('cursor')).toMatchObject({ epoch: 'f', seq: 9 });
});

const talk = (id: string, seq: number) => ({ kind: 'conversation', row: { id, seq, status: 'escalated', lastAt: seq, botId: 'b', visitor: { id: 'v', name: 'Visitor 4F2', language: null } } }) as FeedRow;
const gone = (id: string, seq: number) => ({ kind: 'gone', row: { id, seq, at: 9 } }) as FeedRow;
const line = (id: string, seq: number) => ({ type: 'messages', conversationId: id, from: 0, to: seq, messages: [{ id: `${id}-1`, conversationId: id, index: 1, seq, at: 0, kind: 'said', author: { kind: 'visitor' }, text: 'CANARY' }] }) as never;

test('a deleted conversation takes everything of it along, and what was never sent to it is counted, not kept', async () => {
  const db = openDatabase(uuid());
  await applyFeed(db, 'e', { type: 'feed', from: 0, to: 4, rows: [talk('c', 2), talk('d', 3), { kind: 'note', row: { id: 'n', conversationId: 'c', seq: 4, at: 1, by: null, text: 'CANARY' } } as never] });
  await applyMessages(db, line('c', 1));
  await db.draft.put({ key: 'c:reply', conversationId: 'c', mode: 'reply', text: 'CANARY', at: 0 } as never);
  for (const id of ['x', 'y']) await db.outbox.add({ id, conversationId: 'c', order: id === 'x' ? 1 : 2, at: 0, command: { type: 'note.add', conversationId: 'c', text: 'CANARY' }, state: 'queued', refusal: null } as never);
  await applyFeed(db, 'e', { type: 'feed', from: 4, to: 5, rows: [gone('c', 5)] });
  const all = JSON.stringify(await Promise.all(db.tables.map((table) => table.toArray())));
  expect(all).not.toContain('CANARY');
  expect((await db.conversation.toArray()).map(({ id }) => id)).toEqual(['d']);
  expect(await forgotten(db)).toEqual([{ id: 'c', at: 9, name: 'Visitor 4F2', unsent: 2 }]);
  await toldOfUnsent(db);
  expect(await forgotten(db)).toEqual([{ id: 'c', at: 9, name: '', unsent: 0 }]);
});
test('nothing brings a deleted conversation back: not the same frame, not an older one, not an answer that was on its way', async () => {
  const db = openDatabase(uuid());
  await applyFeed(db, 'e', { type: 'feed', from: 0, to: 5, rows: [gone('c', 5), talk('c', 2)] });
  expect(await applyFeed(db, 'e', { type: 'feed', from: 0, to: 2, rows: [talk('c', 2)] })).toBe('ignored');
  expect(await applyMessages(db, line('c', 1))).toBe('ignored');
  expect([await db.conversation.count(), await db.message.count(), await db.stream.count()]).toEqual([0, 0, 0]);
});
