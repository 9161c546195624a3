import { expect, test } from 'vitest';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { Commit } from '../store/store.ts';
import { createFeedBatch } from './feed-batch.ts';
import { rowsFor } from './for-version.ts';

const member = { kind: 'member', row: { id: 'm', seq: 1, name: 'Sam', role: 'agent', revokedAt: null } } as FeedRow;
const gone = { kind: 'gone', row: { id: 'c', seq: 2, at: 1 } } as FeedRow;

test('a client of protocol 1 is not sent rows it cannot read; a present one gets all', () => {
  expect(rowsFor(1, [member, gone])).toEqual([member]);
  expect(rowsFor(2, [member, gone])).toEqual([member, gone]);
});

test('live rows are cut to the protocol of each client, and the cursor moves for both', () => {
  const told: Record<number, { to: number; rows: FeedRow[] }> = {};
  const batch = createFeedBatch((textFor) => { for (const version of [1, 2]) told[version] = JSON.parse(String(textFor(version))) as { to: number; rows: FeedRow[] }; return 2; });
  batch.add({ from: 0, to: 2, rows: [member, gone] } as unknown as Commit);
  batch.close();
  expect(told).toMatchObject({ 1: { to: 2, rows: [member] }, 2: { to: 2, rows: [member, gone] } });
});
