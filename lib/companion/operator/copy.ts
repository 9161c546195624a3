import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from '../store/migrations.ts';
import { isDatabase } from '../store/open-database.ts';

/** All pages in one step: one moment of the source, however much is written to it meanwhile (smaller steps begin anew with each write). */
const ALL_PAGES = 0x7fff_ffff;

/** What a database file holds, for words and for trust. */
export interface Held { conversations: number; lastAt: number | null }

/** @throws with what is wrong with it, in words that follow its name */
export function inspect(file: string): Held {
  if (!isDatabase(file)) throw new Error('is not a database');
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const { quick_check: verdict } = db.prepare('pragma quick_check(1)').get() as { quick_check: string };
    if (verdict !== 'ok') throw new Error(`is damaged (${verdict})`);
    const { user_version: version } = db.prepare('pragma user_version').get() as { user_version: number };
    if (version > MIGRATIONS.length) throw new Error(`was written by a newer companion (schema ${version}, this one knows ${MIGRATIONS.length}): update this one first`);
    if (version === 0 || !db.prepare(`select 1 from sqlite_schema where name = 'workspace'`).get()) throw new Error('is not of a companion');
    return db.prepare('select count(*) as conversations, max(last_at) as lastAt from conversation').get() as unknown as Held;
  } finally {
    db.close();
  }
}

/** Copies a database that may be in use into one file that stands alone, written through to the disk and checked. */
export async function copyDatabase(source: string, target: string, change?: (db: DatabaseSync) => void): Promise<Held> {
  removeDatabase(target);
  const from = new DatabaseSync(source, { readOnly: true });
  try {
    from.exec('pragma busy_timeout = 5000');
    await backup(from, target, { rate: ALL_PAGES });
  } finally {
    from.close();
  }
  const copy = new DatabaseSync(target);
  try {
    copy.exec('pragma journal_mode = delete; pragma synchronous = full');
    change?.(copy);
  } finally {
    copy.close();
  }
  const held = inspect(target);
  flush(target);
  return held;
}

/** With the journals beside it. */
export function removeDatabase(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) if (existsSync(file + end)) rmSync(file + end);
}

/** Through to the disk: of a folder, the names in it. */
export function flush(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } catch (error) {
    // Some systems cannot do this with a folder; the files in it were flushed by themselves.
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR' && (error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  } finally {
    closeSync(fd);
  }
}

export const flushFolderOf = (file: string): void => flush(dirname(file));
