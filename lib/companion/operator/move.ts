import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Client } from 'pg';
import { uuid } from '#lib/base/uuid.ts';
import { lockFolder, prepareDatabase } from '../store/open-database.ts';
import { connect } from '../store/postgres/connect.ts';
import { migrate } from '../store/postgres/migrate.ts';
import { RefusedError } from './backup.ts';

/** Rows of one statement. */
const ROWS = 1_000;
/** Who is reachable now, and when this file was last rewritten, is nothing to take along. */
export const LEFT_BEHIND = ['lease', 'upkeep'];

interface Table { name: string; columns: { name: string; type: 'bigint' | 'text' }[] }

const tablesOf = (db: DatabaseSync): Table[] =>
  (db.prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite%' order by name`).all() as { name: string }[])
    .filter(({ name }) => !LEFT_BEHIND.includes(name))
    .map(({ name }) => ({ name, columns: (db.prepare(`select name, type from pragma_table_info(?) order by cid`).all(name) as { name: string; type: string }[])
      .map((column) => ({ name: column.name, type: /int/i.test(column.type) ? 'bigint' as const : 'text' as const })) }));

async function insert(client: Client, { name, columns }: Table, rows: unknown[]): Promise<void> {
  const names = columns.map((one) => one.name).join(', ');
  await client.query(`insert into ${name} (${names}) select ${names} from json_to_recordset($1::json) as r(${columns.map((one) => `${one.name} ${one.type}`).join(', ')})`, [JSON.stringify(rows)]);
}

/** @returns how many rows were copied */
async function copyTable(db: DatabaseSync, client: Client, table: Table): Promise<number> {
  let [count, held] = [0, [] as unknown[]];
  for (const row of db.prepare(`select ${table.columns.map((one) => one.name).join(', ')} from ${table.name}`).iterate()) {
    held.push(row);
    count++;
    if (held.length < ROWS) continue;
    await insert(client, table, held);
    held = [];
  }
  if (held.length > 0) await insert(client, table, held);
  return count;
}

/** What must be the same on both sides, as one comparable text: counts, and the head and highest seqs of each workspace. */
const CHECKS = ['workspace', 'conversation', 'note', 'bot', 'member'] as const;
const headsQuery = `select id, head, ${CHECKS.slice(1).map((name) => `(select max(seq) from ${name} where workspace = w.id) as ${name}`).join(', ')} from workspace w order by id`;
const countsQuery = (tables: Table[]): string => tables.map(({ name }) => `select '${name}' as name, count(*) as n from ${name}`).join(' union all ');
const sorted = (rows: unknown[]): string => JSON.stringify(rows.map((row) => JSON.stringify(row)).sort());

async function verify(db: DatabaseSync, client: Client, tables: Table[]): Promise<void> {
  for (const query of [countsQuery(tables), headsQuery]) {
    const [here, there] = [sorted(db.prepare(query).all()), sorted((await client.query(query)).rows)];
    if (here !== there) throw new Error(`The copy is not the same as the original, so nothing was moved. Here: ${here}; there: ${there}`);
  }
}

/** All rows in one transaction, which only stays when everything arrived. @throws RefusedError */
async function copyAll(db: DatabaseSync, client: Client, epoch: string): Promise<Record<string, number>> {
  const tables = tablesOf(db);
  const counts: Record<string, number> = {};
  await client.query('begin');
  // Nobody begins there meanwhile; a node that starts waits, and then finds the workspace.
  await client.query('lock table workspace in exclusive mode');
  const { rows: [taken] } = await client.query<{ id: string }>('select id from workspace limit 1');
  if (taken) throw new RefusedError('That database already holds a workspace, and stays as it is. Name an empty one: createdb baton');
  for (const table of tables) counts[table.name] = await copyTable(db, client, table);
  await client.query(`update meta set value = $1 where key = 'epoch'`, [epoch]);
  await verify(db, client, tables);
  await client.query('commit');
  return counts;
}

/**
 * Carries an embedded deployment to PostgreSQL with its ids, seqs and epoch, so that clients go on where they are.
 * The folder is only read (and its schema brought up to date).
 * @throws RefusedError, DataFolderInUseError, DatabaseUnusableError
 */
export async function moveTo(dir: string, url: string): Promise<Record<string, number>> {
  if (!existsSync(join(dir, 'baton.db'))) throw new RefusedError(`There is no companion's data in ${dir}. Name its folder with --data.`);
  const unlock = lockFolder(dir);
  try {
    const { file, epoch } = prepareDatabase(dir);
    await migrate(url);
    const db = new DatabaseSync(file, { readOnly: true });
    const client = await connect(url, 'move', () => undefined);
    try {
      return await copyAll(db, client, epoch);
    } finally {
      // Without the commit, all of it goes with the connection.
      await client.end();
      db.close();
    }
  } finally {
    unlock();
  }
}

/** After a restored dump: every cursor handed out before is void. @throws RefusedError while nodes run, which would go on with the old one */
export async function beginEpoch(url: string): Promise<void> {
  const client = await connect(url, 'new-epoch', () => undefined);
  try {
    const { rows: nodes } = await client.query(`select 1 from pg_stat_activity where datname = current_database() and application_name like 'baton %' and pid <> pg_backend_pid()`);
    if (nodes.length > 0) throw new RefusedError('Companions are connected to this database. Stop every node first.');
    const { rowCount } = await client.query(`update meta set value = $1 where key = 'epoch'`, [uuid()]);
    if (rowCount !== 1) throw new RefusedError('This database holds no workspace of a companion.');
  } finally {
    await client.end();
  }
}
