import { chownSync, existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { uuid } from '#lib/base/uuid.ts';
import { lockFolder, migrate } from '../store/open-database.ts';
import { RefusedError } from './backup.ts';
import { carryOver } from './carry-over.ts';
import { copyDatabase, flushFolderOf, inspect, removeDatabase, type Held } from './copy.ts';

/** Everything of a folder that a restored database must not meet. */
const PRESENT = ['baton.db', 'baton.db-wal', 'baton.db-shm', 'baton.db-journal', 'leases.json'];

export interface Restored {
  held: Held;
  /** Where the data that was there is now; null: the folder held none. */
  aside: string | null;
  /** False: what was there could not be read, so browsers that changed their key since the backup must be paired again. */
  keysKept: boolean;
}

/**
 * Puts a backup in the place of a folder's data. A cut at any moment leaves the present data, or a folder that the
 * companion refuses in words: never a mixture. The epoch is new, so every client's cursor is void.
 * @throws RefusedError, DataFolderInUseError
 */
export async function restoreFrom(dir: string, name: string, now: Date): Promise<Restored> {
  const file = resolve(name);
  if (!existsSync(file)) throw new RefusedError(`There is no file ${file}.`);
  if (file === resolve(dir, 'baton.db')) throw new RefusedError(`${file} is the companion's own database. Name a backup.`);
  judge(file);
  const unlock = lockFolder(dir);
  try {
    const present = join(dir, 'baton.db');
    const made = join(dir, 'restored.db');
    const keysKept = existsSync(present) && foldIn(present);
    const held = await copyDatabase(file, made, (db) => { migrate(db); carryOver(db, keysKept ? present : null); });
    const aside = existsSync(present) ? join(dir, `before-restore-${now.toISOString().replace(/[:.]/g, '-')}`) : null;
    newEpoch(dir);
    // The database last of all, and never beside the journal of another one.
    if (aside) keepAside(dir, aside);
    renameSync(made, present);
    flushFolderOf(present);
    return { held, aside, keysKept: keysKept || !aside };
  } finally {
    removeDatabase(join(dir, 'restored.db'));
    unlock();
    giveToOwner(dir);
  }
}

function judge(file: string): void {
  try {
    inspect(file);
  } catch (error) {
    throw new RefusedError(`${file} cannot be restored: it ${error instanceof Error ? error.message : String(error)}. Nothing was changed.`, { cause: error });
  }
}

/** The journal into the database, so that its newest commits go with it. @returns whether it can be read at all */
function foldIn(present: string): boolean {
  try {
    inspect(present);
  } catch {
    return false; // damaged: perhaps the reason for the restore; kept aside untouched, and said
  }
  const db = new DatabaseSync(present);
  try {
    db.exec('pragma wal_checkpoint(truncate)');
  } finally {
    db.close();
  }
  return true;
}

function newEpoch(dir: string): void {
  const marker = join(dir, 'baton.json');
  writeFileSync(`${marker}.new`, JSON.stringify({ epoch: uuid() }));
  renameSync(`${marker}.new`, marker);
}

function keepAside(dir: string, aside: string): void {
  mkdirSync(aside, { mode: 0o700 });
  for (const name of PRESENT) if (existsSync(join(dir, name))) renameSync(join(dir, name), join(aside, name));
  flushFolderOf(join(aside, 'baton.db'));
}

/** Root made these, but the companion that reads them may be somebody else: whoever has the folder. */
function giveToOwner(dir: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dir);
  for (const name of ['baton.db', 'baton.json', 'lock.db']) if (existsSync(join(dir, name))) chownSync(join(dir, name), uid, gid);
}
