import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Op } from '#lib/handoff/op.ts';
import { appendAudit } from './append-audit.ts';
import { pragmas } from './open-database.ts';
import { runOp } from './run-op.ts';
import { createSql } from './sql.ts';
import { createSqliteGround } from './sqlite-ground.ts';
import { createScrubber } from './scrub.ts';
import type { Audited, Committed } from './store.ts';

/** What the main thread sends: an op, plain statements (devices, codes, knowledge) that no rule looks at (the last one tells by its rows whether it did something; with `only`, nothing is done unless that finds a row), or upkeep. */
export type Job = { kind: 'op'; op: Op } | { kind: 'sql'; statements: Statement[]; only?: Statement; audited?: Audited } | { kind: 'upkeep'; now: number; mostBytes: number };
export interface Statement { text: string; values: SQLInputValue[] }
export type JobResult = { ok: true; committed: Committed } | { ok: true; rows: unknown[] } | { ok: false; error: string };

const db = new DatabaseSync(workerData as string);
pragmas(db);
const sql = createSql(db);
const ground = createSqliteGround(sql);
const scrubber = createScrubber(db);

function run(job: Job): JobResult {
  if (job.kind === 'op') return { ok: true, committed: runOp(ground, job.op) };
  if (job.kind === 'upkeep') throw new Error('Upkeep runs outside of a transaction');
  const { only } = job;
  if (only && sql(only.text).all(...only.values).length === 0) return { ok: true, rows: [] };
  let rows: unknown[] = [];
  for (const { text, values } of job.statements) rows = sql(text).all(...values);
  const { audited } = job;
  if (audited && (job.statements.length === 0 || rows.length > 0)) appendAudit(ground, audited.workspaceId, [audited.draft], audited.at);
  return { ok: true, rows };
}

/** One transaction for all of them. Afterwards they are durable, or it throws and nothing happened. */
function transaction(jobs: Job[]): JobResult[] {
  db.exec('begin immediate');
  try {
    const results = jobs.map(run);
    ground.flush();
    db.exec('commit');
    if (ground.takeRemoved()) scrubber.soon();
    return results;
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    ground.forget();
    throw error;
  }
}

function upkeep({ now, mostBytes }: Extract<Job, { kind: 'upkeep' }>): JobResult {
  try {
    scrubber.rewrite(now, mostBytes);
    return { ok: true, rows: [] };
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

/** A job that fails must not fail its neighbours: then each gets a transaction of its own. */
function runBatch(jobs: Job[]): JobResult[] {
  // Outside of any transaction.
  const [first] = jobs;
  if (jobs.length === 1 && first?.kind === 'upkeep') return [upkeep(first)];
  if (jobs.some(({ kind }) => kind === 'upkeep')) return jobs.flatMap((job) => runBatch([job]));
  try {
    return transaction(jobs);
  } catch (error) {
    if (jobs.length === 1) return [{ ok: false, error: String(error) }];
    return jobs.flatMap((job) => runBatch([job]));
  }
}

parentPort?.on('message', (message: Job[] | 'close') => {
  if (message === 'close') {
    scrubber.close();
    db.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(runBatch(message));
});
