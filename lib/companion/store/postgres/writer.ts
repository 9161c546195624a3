import type { Client } from 'pg';
import { backoff } from '#lib/base/backoff.ts';
import type { Op } from '#lib/handoff/op.ts';
import { createCommitQueue, type CommitQueue } from '../commit-queue.ts';
import { runOp } from '../run-op.ts';
import type { Committed } from '../store.ts';
import { connect, isPassing } from './connect.ts';
import { fetchRows, keysOf } from './fetch.ts';
import { createWorkingSet, NotFetched, type Key, type Rows, type Written } from './working-set.ts';
import { isEmpty, writeRows } from './write.ts';

/** A database that is away longer than this fails what waits for it, ms; clients try again with the same ids. */
const PATIENCE_MS = 10_000;
/** Each round fetches what the rules asked for in the one before; more than this is a bug. */
const ROUNDS = 8;

/** Runs the ops on fetched rows; `missing` are rows the rules read beyond them. */
function runAll(rows: Rows, ops: Op[]): { results: Committed[]; written: Written; missing: Key[] } {
  const { ground, written } = createWorkingSet(rows);
  const missing: Key[] = [];
  const results = ops.flatMap((op) => {
    try {
      return [runOp(ground, op)];
    } catch (error) {
      if (!(error instanceof NotFetched)) throw error;
      missing.push(error.row);
      return [];
    }
  });
  return { results, written, missing };
}

/** One transaction: locks the workspaces' rows in sorted order, reads, decides, writes. */
async function transaction(client: Client, ops: Op[]): Promise<Committed[]> {
  const workspaces = [...new Set(ops.map((op) => op.workspaceId))].sort();
  try {
    // In one message: each way there and back costs as much as what is done there.
    await client.query(`begin; select 1 from workspace where id in (${workspaces.map((id) => client.escapeLiteral(id)).join(', ')}) order by id for update`);
    const rows: Rows = new Map();
    let wanted: Key[] = ops.flatMap(keysOf);
    for (let round = 0; round < ROUNDS; round++) {
      await fetchRows(client, wanted, rows);
      const { results, written, missing } = runAll(rows, ops);
      if (missing.length === 0) {
        if (!isEmpty(written)) await writeRows(client, written);
        await client.query('commit');
        return results;
      }
      wanted = missing;
    }
    throw new Error(`The rules still ask for rows after ${ROUNDS} rounds`);
  } catch (error) {
    if (!isPassing(error)) await client.query('rollback');
    throw error;
  }
}

/** The one connection of this node that writes conversations and settings. */
export function startWriter(url: string, report: (error: unknown) => void): CommitQueue<Op, Committed> {
  let client: Promise<Client> | null = null;
  const drop = async (): Promise<void> => {
    const old = client;
    client = null;
    await old?.then((one) => one.end()).catch(report);
  };
  const connected = (): Promise<Client> => (client ??= connect(url, 'writer', () => { client = null; }));

  /** Ops have ids of their own: one whose commit got lost on the way back is recognised when it comes again. */
  async function withPatience(ops: Op[]): Promise<Committed[]> {
    const deadline = performance.now() + PATIENCE_MS;
    for (let attempt = 0; ; attempt++) {
      try {
        return await transaction(await connected(), ops);
      } catch (error) {
        if (!isPassing(error)) throw error;
        report(error);
        await drop();
        const wait = 20 + backoff(Math.min(attempt, 2), Math.random());
        if (performance.now() + wait > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }
  /** An op that fails must not fail its neighbours: then each gets a transaction of its own. */
  async function commit(ops: Op[]): Promise<(Committed | Error)[]> {
    try {
      return await withPatience(ops);
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      if (ops.length === 1 || isPassing(error)) return ops.map(() => reason);
      const results: (Committed | Error)[] = [];
      for (const op of ops) results.push(...await commit([op]));
      return results;
    }
  }
  return createCommitQueue(commit, drop);
}
