import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import { evict } from './evict.ts';
import { openDatabase } from './schema.ts';

test('the oldest finished conversations go, with all that is theirs; never one that is open, has unsent words or a draft', async () => {
  const db = openDatabase(uuid());
  const row = (id: string, lastAt: number, status: Conversation['status']) => ({ id, seq: lastAt, botId: 'b', lastAt, status }) as Conversation;
  await db.conversation.bulkAdd([row('old', 1, 'resolved'), row('archived', 2, 'archived'), row('open', 3, 'open'), row('waiting', 4, 'escalated'), row('unsent', 5, 'resolved'), row('draft', 6, 'resolved'), row('new', 7, 'resolved')]);
  for (const id of ['old', 'new']) {
    await db.message.add({ id: `m-${id}`, conversationId: id, index: 1, seq: 1 } as never);
    await db.note.add({ id: `n-${id}`, conversationId: id, at: 1, seq: 1 } as never);
    await db.stream.add({ conversationId: id, seq: 1 } as never);
  }
  await db.outbox.add({ id: 'x', conversationId: 'unsent', order: 1 } as never);
  await db.draft.add({ key: 'draft:reply', conversationId: 'draft', mode: 'reply', text: 'half a', at: 1 } as never);
  expect(await evict(db, 5)).toBe(2);
  expect((await db.conversation.orderBy('lastAt').primaryKeys()) as string[]).toEqual(['open', 'waiting', 'unsent', 'draft', 'new']);
  expect([await db.message.count(), await db.note.count(), await db.stream.count()]).toEqual([1, 1, 1]);
  expect(await evict(db, 5)).toBe(0);
  // However small the window: what must stay stays.
  expect(await evict(db, 0)).toBe(1);
  expect(await db.conversation.count()).toBe(4);
});
