import type { Dexie } from 'dexie';
import type { Database } from './schema.ts';

/** The tables, of a database or of one transaction in it. */
export type Tables = Omit<Database, keyof Dexie>;

/**
 * All that `act` does to the tables it is given, or nothing. They belong to the transaction by themselves: Dexie's own way
 * of finding it again after an `await` counts on being told of every await, and under load loses it
 * (.github/design/extension-worker.md), which would write half of it outside.
 */
export function write<T>(db: Database, names: readonly (keyof Tables)[], act: (tables: Tables) => Promise<T>): Promise<T> {
  return db.transaction('rw', [...names], async (transaction) => act(transaction as unknown as Tables));
}
