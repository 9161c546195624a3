import { evict } from '#lib/db/evict.ts';
import type { Database } from '#lib/db/schema.ts';

/** Dexie may wrap what the browser says in its own AbortError. */
export function isQuota(error: unknown): boolean {
  for (let one = error; typeof one === 'object' && one !== null; one = 'inner' in one ? one.inner : null) {
    if ('name' in one && one.name === 'QuotaExceededError') return true;
  }
  return false;
}

/** Runs a write; when the disk is full, half of the finished conversations leave the cache and it is tried once more. */
export type Room = <T>(write: () => Promise<T>) => Promise<T>;

/** `onFull` when writing begins to fail for want of space, and when it works again. The write's own error is passed on. */
export function createRoom(db: Database, onFull: (isFull: boolean) => void): Room {
  let isFull = false;
  const note = (now: boolean): void => { if (now !== isFull) { isFull = now; onFull(now); } };
  return async (write) => {
    for (let mayShrink = true; ; mayShrink = false) {
      try {
        const done = await write();
        note(false);
        return done;
      } catch (error) {
        if (!isQuota(error)) throw error;
        const freed = mayShrink ? await evict(db, Math.floor(await db.conversation.count() / 2)).catch(() => 0) : 0; // deleting may fail as well: then it is full
        if (freed > 0) continue;
        note(true);
        throw error;
      }
    }
  };
}
