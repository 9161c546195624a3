import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Op } from '#lib/handoff/op.ts';
import { pragmas } from './open-database.ts';
import { runOp } from './run-op.ts';
import { createSql } from './sql.ts';
import { createSqliteGround } from './sqlite-ground.ts';
import type { Committed } from './store.ts';

/** What the main thread sends: an op, or plain statements (devices, codes, knowledge) that no rule looks at. */
export type Job = { kind: 'op'; op: Op } | { kind: 'sql'; statements: { text: string; values: SQLInputValue[] }[] };
export type JobResult = { ok: true; committed: Committed } | { ok: true; rows: unknown[] } | { ok: false; error: string };

const db = new DatabaseSync(workerData as string);
pragmas(db);
const sql = createSql(db);
const ground = createSqliteGround(sql);

function run(job: Job): JobResult {
  if (job.kind === 'op') return { ok: true, committed: runOp(ground, job.op) };
  let rows: unknown[] = [];
  for (const { text, values } of job.statements) rows = sql(text).all(...values);
  return { ok: true, rows };
}

/** One transaction for all of them. Afterwards they are durable, or it throws and nothing happened. */
function transaction(jobs: Job[]): JobResult[] {
  db.exec('begin immediate');
  try {
    const results = jobs.map(run);
    ground.flush();
    db.exec('commit');
    return results;
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    ground.forget();
    throw error;
  }
}

/** A job that fails must not fail its neighbours: then each gets a transaction of its own. */
function runBatch(jobs: Job[]): JobResult[] {
  try {
    return transaction(jobs);
  } catch (error) {
    if (jobs.length === 1) return [{ ok: false, error: String(error) }];
    return jobs.flatMap((job) => runBatch([job]));
  }
}

parentPort?.on('message', (message: Job[] | 'close') => {
  if (message === 'close') {
    db.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(runBatch(message));
});
