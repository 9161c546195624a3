import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { uuid } from '#lib/base/uuid.ts';
import { MIGRATIONS } from './migrations.ts';

/** Another companion runs on this folder. */
export class DataFolderInUseError extends Error {
  constructor(dir: string) {
    super(`The data folder ${dir} is in use by another companion. Stop that one first, or give this one another folder (DATA_DIR).`);
    this.name = 'DataFolderInUseError';
  }
}

/** The folder holds something that cannot be trusted; it is left as it is. */
export class DataFolderDamagedError extends Error {
  constructor(file: string, why: string) {
    super(`The database ${file} is damaged (${why}). Nothing was changed. Restore it from a backup, or move the folder away to start anew.`);
    this.name = 'DataFolderDamagedError';
  }
}

/** FULL: the commit is on the disk before anything is acknowledged (SQLite "pragma synchronous"). Asserted, since builds differ. */
export function pragmas(db: DatabaseSync): void {
  db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma foreign_keys = on; pragma secure_delete = on');
  const { synchronous } = db.prepare('pragma synchronous').get() as { synchronous: number };
  if (synchronous !== 2) throw new Error(`SQLite refused synchronous=FULL (it says ${synchronous})`);
}

/** Holds an exclusive lock on a file of its own; the system lets go of it with the process, however that ends. */
export function lockFolder(dir: string): () => void {
  mkdirSync(dir, { recursive: true });
  const lock = new DatabaseSync(join(dir, 'lock.db'));
  try {
    lock.exec('pragma busy_timeout = 0; begin exclusive');
  } catch {
    lock.close();
    throw new DataFolderInUseError(dir);
  }
  return () => lock.close();
}

/** Creates, checks and migrates the database. @returns its epoch, which changes when old cursors are void */
export function prepareDatabase(dir: string): { file: string; epoch: string } {
  const file = join(dir, 'baton.db');
  const marker = join(dir, 'baton.json');
  if (!existsSync(file) && existsSync(marker)) throw new DataFolderDamagedError(file, 'the file is missing, though the folder was in use before');
  const isNew = !existsSync(marker) && (!existsSync(file) || statSync(file).size === 0);
  if (!isNew && !isDatabase(file)) throw new DataFolderDamagedError(file, 'it is empty or not a database');
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file);
    const { user_version: version } = db.prepare('pragma user_version').get() as { user_version: number };
    if (version === 0 && existsSync(marker)) throw new Error('it is empty, though the folder was in use before');
    pragmas(db);
    const { quick_check: verdict } = db.prepare('pragma quick_check(1)').get() as { quick_check: string };
    if (verdict !== 'ok') throw new Error(verdict);
    migrate(db);
  } catch (error) {
    throw new DataFolderDamagedError(file, error instanceof Error ? error.message : String(error));
  } finally {
    db?.close();
  }
  return { file, epoch: readEpoch(marker) };
}

/** Asked before SQLite opens it, which deletes the journal beside a file it does not know; that may hold the newest commits. */
export function isDatabase(file: string): boolean {
  const start = Buffer.alloc(16);
  const fd = openSync(file, 'r');
  try {
    readSync(fd, start, 0, start.length, 0);
  } finally {
    closeSync(fd);
  }
  return start.toString('latin1') === 'SQLite format 3\0';
}

/** Written whole or not at all, so that a cut while it is made is not taken for damage. */
function readEpoch(marker: string): string {
  if (!existsSync(marker)) {
    writeFileSync(`${marker}.new`, JSON.stringify({ epoch: uuid() }));
    renameSync(`${marker}.new`, marker);
  }
  try {
    const { epoch } = JSON.parse(readFileSync(marker, 'utf8')) as { epoch?: unknown };
    if (typeof epoch === 'string') return epoch;
  } catch (error) {
    throw new DataFolderDamagedError(marker, error instanceof Error ? error.message : String(error));
  }
  throw new DataFolderDamagedError(marker, 'it holds no epoch');
}

export function migrate(db: DatabaseSync): void {
  const { user_version: done } = db.prepare('pragma user_version').get() as { user_version: number };
  if (done > MIGRATIONS.length) throw new Error(`it was written by a newer companion (schema ${done}, this one knows ${MIGRATIONS.length})`);
  for (let version = done; version < MIGRATIONS.length; version++) {
    db.exec(`begin; ${MIGRATIONS[version]} pragma user_version = ${version + 1}; commit`);
  }
}
