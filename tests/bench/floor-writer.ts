import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

interface Row { id: string; conversation: number; text: string }

/** The floor's store: one insert per message, one durable commit per batch, nothing else. */
const db = new DatabaseSync(workerData as string);
db.exec('pragma journal_mode = wal; pragma synchronous = full');
db.exec('create table message (seq integer primary key, id text not null unique, conversation integer not null, text text not null) strict');
const insert = db.prepare('insert into message (id, conversation, text) values (?, ?, ?)');

parentPort?.on('message', (rows: Row[]) => {
  db.exec('begin immediate');
  for (const row of rows) insert.run(row.id, row.conversation, row.text);
  db.exec('commit');
  parentPort?.postMessage(rows.length);
});
