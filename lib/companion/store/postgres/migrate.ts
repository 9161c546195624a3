import { uuid } from '#lib/base/uuid.ts';
import { connect, DatabaseUnusableError } from './connect.ts';
import { MIGRATIONS } from './migrations.ts';

/** Any number that is ours: whoever holds it migrates. */
const LOCK = 8_787_001;

/** Creates or migrates the tables; nodes that start together wait for each other. @returns the epoch. @throws DatabaseUnusableError */
export async function migrate(url: string): Promise<string> {
  const client = await connect(url, 'migration', () => undefined).catch((error: unknown) => {
    throw new DatabaseUnusableError(`${error instanceof Error ? error.message : String(error)}. Check the address, the user and that the server runs.`);
  });
  try {
    const { rows: [durable] } = await client.query<{ fsync: string; pages: string }>(`select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages`);
    if (durable?.fsync !== 'on' || durable.pages !== 'on') throw new DatabaseUnusableError('it runs with fsync or full_page_writes off, so what was acknowledged could be lost. Switch both on.');
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query('create table if not exists schema_version (version integer not null)');
    const { rows } = await client.query<{ version: number }>('select coalesce(max(version), 0) as version from schema_version');
    const done = rows[0]?.version ?? 0;
    if (done > MIGRATIONS.length) throw new DatabaseUnusableError(`it was written by a newer companion (schema ${done}, this one knows ${MIGRATIONS.length}). Update this node.`);
    for (let version = done; version < MIGRATIONS.length; version++) await client.query(`begin; ${MIGRATIONS[version]}; insert into schema_version values (${version + 1}); commit`);
    await client.query(`insert into meta (key, value) values ('epoch', $1) on conflict do nothing`, [uuid()]);
    const { rows: [epoch] } = await client.query<{ value: string }>(`select value from meta where key = 'epoch'`);
    return epoch!.value;
  } finally {
    await client.end();
  }
}
