import { existsSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { copyDatabase, flushFolderOf, removeDatabase, type Held } from './copy.ts';

/** A request that cannot be done: said as it is. */
export class RefusedError extends Error {}

/** One file with everything; the companion may run and write meanwhile. @throws RefusedError */
export async function backupTo(dir: string, name: string, force: boolean): Promise<{ file: string; held: Held }> {
  const source = join(dir, 'baton.db');
  const file = resolve(name);
  if (!existsSync(source)) throw new RefusedError(`There is no companion's data in ${dir}. Name its folder with --data.`);
  if (file === resolve(source)) throw new RefusedError(`${file} is the companion's own database. Name another file.`);
  const refuse = (): void => { if (existsSync(file) && !force) throw new RefusedError(`${file} is there already. Name another file, or replace it with --force.`); };
  refuse();
  const part = `${file}.part-${process.pid}`;
  try {
    const held = await copyDatabase(source, part);
    refuse();
    renameSync(part, file);
    flushFolderOf(file);
    return { file, held };
  } finally {
    removeDatabase(part);
  }
}
