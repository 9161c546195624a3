import { SECOND } from '#lib/base/time.ts';
import type { Database } from '#lib/db/schema.ts';
import type { StorageTrouble } from '#lib/protocol/runtime.ts';

/** Longer than any upgrade of a cache; what takes longer waits for somebody else. */
const DEADLINE_MS = 4 * SECOND;

/**
 * Opens the database, or says that it cannot be opened: the browser lets an opener wait for ever while another page
 * holds an older version. `onLate`: it opened after all. @returns asks; whether it is open
 */
export function createOpener(db: Database, tell: (trouble: StorageTrouble | null) => void, onLate: () => void): () => Promise<boolean> {
  // Unknown at first: a worker before this one may have said that it is stuck.
  let isStuck: boolean | null = null;
  const note = (now: boolean): void => {
    const was = isStuck;
    isStuck = now;
    if (now !== was) tell(now ? 'stuck' : null);
    if (was && !now) onLate();
  };
  return async () => {
    if (!db.isOpen()) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<false>((resolve) => { timer = setTimeout(resolve, DEADLINE_MS, false); });
      const opening = db.open().then(() => true, () => false);
      if (!await Promise.race([opening, late])) {
        clearTimeout(timer);
        note(true);
        void opening.then((isOpen) => { if (isOpen) note(false); });
        return false;
      }
      clearTimeout(timer);
    }
    note(false);
    return true;
  };
}
