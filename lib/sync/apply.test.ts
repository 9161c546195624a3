import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '#lib/db/schema.ts';
import { uuid } from '#lib/base/uuid.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import { applyFeed } from './apply.ts';

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
