import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Client } from 'pg';

export interface FloorRow { id: string; conversation: number; text: string }

/** One insert per message and one durable commit per batch, in a thread on SQLite or over one connection to PostgreSQL. @param done after each commit */
export async function openFloorStore(databaseUrl: string | undefined, done: () => void): Promise<(rows: FloorRow[]) => void> {
  if (!databaseUrl) {
    const writer = new Worker(new URL('./floor-writer.ts', import.meta.url), { workerData: join(mkdtempSync(join(tmpdir(), 'floor-')), 'floor.db') });
    writer.on('message', done);
    return (rows) => writer.postMessage(rows);
  }
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('create table if not exists floor_counter (n bigint not null) with (fillfactor = 50); create table if not exists floor_message (seq bigint primary key, id text not null unique, conversation bigint not null, text text not null); insert into floor_counter select 0 where not exists (select 1 from floor_counter)');
  // A counter that is locked by the commit, as a feed without holes needs it.
  const text = `with c as (update floor_counter set n = n + $2 returning n)
    insert into floor_message (seq, id, conversation, text) select c.n - $2 + r.ordinality, r.id, r.conversation, r.text
    from c, rows from (json_to_recordset($1::json) as (id text, conversation bigint, text text)) with ordinality as r(id, conversation, text, ordinality)`;
  return (rows) => void client.query({ name: 'floor', text, values: [JSON.stringify(rows), rows.length] }).then(done, (error: unknown) => { throw error; });
}
