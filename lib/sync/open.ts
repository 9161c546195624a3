import { SECOND } from '#lib/base/time.ts';
import type { Database } from '#lib/db/schema.ts';
import type { StorageTrouble } from '#lib/protocol/runtime.ts';

/** Longer than any upgrade of a cache; what takes longer waits for somebody else. */
const DEADLINE_MS = 4 * SECOND;

/**
 * Opens the database, or says that it cannot be opened: the browser lets an opener wait for ever while another page
 * holds an older version. It goes on waiting in silence; asked again later, it may be open. @returns whether it is open
 */
export async function openWithin(db: Database, tell: (trouble: StorageTrouble | null) => void): Promise<boolean> {
  if (db.isOpen()) return true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => { timer = setTimeout(resolve, DEADLINE_MS, false); });
  const opened = await Promise.race([db.open().then(() => true, () => false), late]);
  clearTimeout(timer);
  tell(opened ? null : 'stuck');
  return opened;
}
