import type { OutboxEntry } from '#lib/db/schema.ts';
import type { Spare } from '#lib/sync/spare.ts';

/** A spare that outlives engines and databases, as the browser's does. */
export function createMemorySpare(): Spare & { held: Map<string, OutboxEntry> } {
  const held = new Map<string, OutboxEntry>();
  return {
    held, all: async () => [...held.values()],
    put: async (entries) => { for (const entry of entries) held.set(entry.id, entry); },
    drop: async (ids) => { for (const id of ids) held.delete(id); },
  };
}
