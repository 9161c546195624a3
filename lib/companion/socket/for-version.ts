import type { FeedRow } from '#lib/protocol/feed.ts';

/** The protocol that first knew each kind of row; those not listed are as old as the protocol. */
const SINCE: Partial<Record<FeedRow['kind'], number>> = { gone: 2 };

/** What a client of that protocol can read. Older ones are sent a snapshot when a conversation was deleted (agent.ts). */
export const rowsFor = (version: number, rows: FeedRow[]): FeedRow[] =>
  (rows.every(({ kind }) => (SINCE[kind] ?? 0) <= version) ? rows : rows.filter(({ kind }) => (SINCE[kind] ?? 0) <= version));
