import type { EntityTable } from 'dexie';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Database } from './schema.ts';

/** Puts only what is newer than what is held, so that a late or doubled row changes nothing. Call inside a transaction. */
export async function putNewer<T extends { id: string; seq: number }>(table: EntityTable<T, 'id'>, rows: readonly T[]): Promise<void> {
  if (rows.length === 0) return;
  const newest = new Map<string, T>();
  for (const row of rows) if ((newest.get(row.id)?.seq ?? -1) < row.seq) newest.set(row.id, row);
  const wanted = [...newest.values()];
  const held = await table.bulkGet(wanted.map(({ id }) => id) as Parameters<typeof table.bulkGet>[0]);
  await table.bulkPut(wanted.filter((row, at) => (held[at]?.seq ?? -1) < row.seq));
}

/** Escalated conversations, the latest 1,000 of them. */
export function escalated(db: Database): Promise<Conversation[]> {
  return db.conversation.where('[status+lastAt]').between(['escalated', -Infinity], ['escalated', Infinity]).reverse().limit(1_000).toArray();
}

/** Those that wait for the team, longest wait first; the playground never counts. */
export const waitingOf = (rows: readonly Conversation[]): Conversation[] => rows
  .filter((row) => row.status === 'escalated' && row.claim === null && row.channel !== 'playground')
  .sort((a, b) => (a.escalation?.at ?? a.lastAt) - (b.escalation?.at ?? b.lastAt));
