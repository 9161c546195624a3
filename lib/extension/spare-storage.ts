import type { OutboxEntry } from '#lib/db/schema.ts';
import type { Spare } from '#lib/sync/spare.ts';

const PREFIX = 'unsent:';

/** Unsent words a second time, in `storage.local`, one key each: it survives what IndexedDB does not. Never rejects; says in the console what failed. */
export const spareStorage: Spare = {
  async all() {
    try {
      const held = await chrome.storage.local.get(null);
      return Object.entries(held).filter(([key]) => key.startsWith(PREFIX)).map(([, entry]) => entry as OutboxEntry);
    } catch (error) { console.error('The second copy of unsent replies could not be read', error); return []; }
  },
  async put(entries) {
    if (entries.length === 0) return;
    try {
      await chrome.storage.local.set(Object.fromEntries(entries.map((entry) => [PREFIX + entry.id, entry])));
    } catch (error) { console.error('Unsent replies could not be copied; the database alone has them', error); }
  },
  async drop(ids) {
    if (ids.length === 0) return;
    try {
      await chrome.storage.local.remove(ids.map((id) => PREFIX + id));
    } catch (error) { console.error('Copies of sent replies could not be removed', error); }
  },
};
