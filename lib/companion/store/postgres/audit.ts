import type { QueryResult } from 'pg';
import type { AuditEntry } from '#lib/protocol/audit.ts';
import { nextEntry } from '../../audit/chain.ts';
import type { Audited, Store } from '../store.ts';
import type { Db } from './connect.ts';
import { bodies, body } from './reads.ts';

type Queryable = Pick<Db, 'query'>;

/** Behind the lock of the workspace's row, as every writer's: the chain has one end. */
async function append(db: Queryable, { workspaceId, draft, at }: Audited): Promise<void> {
  await db.query('select 1 from workspace where id = $1 for update', [workspaceId]);
  const last = await body<AuditEntry>(db, 'select body from audit where workspace = $1 order by n desc limit 1', [workspaceId]);
  const entry = nextEntry(last, draft, at);
  await db.query('insert into audit (workspace, n, body) values ($1, $2, $3)', [workspaceId, entry.n, JSON.stringify(entry)]);
}

/** An act with its entry in one transaction; no entry when it touched no row. @param options.always a transaction also without an entry. @returns how many rows it touched */
export async function withAudit(pool: Db, audited: Audited | undefined, act: (db: Queryable) => Promise<QueryResult>, { always = false } = {}): Promise<number> {
  if (!audited && !always) return (await act(pool)).rowCount ?? 0;
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    await client.query('begin');
    const touched = (await act(client)).rowCount ?? 0;
    if (audited && touched > 0) await append(client, audited);
    await client.query('commit');
    return touched;
  } catch (error) {
    failed = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // One that failed in the middle is not used again; that ends its transaction.
    client.release(failed);
  }
}

/** Only inserts: the table refuses anything else. */
export function auditStore(pool: Db): Pick<Store, 'record' | 'auditLog'> {
  return {
    async record(audited) { await withAudit(pool, audited, (client) => client.query('select 1')); },
    async auditLog(ws, { before = Number.MAX_SAFE_INTEGER, limit }) {
      const found = await bodies<AuditEntry>(pool, 'select body from audit where workspace = $1 and n < $2 order by n desc limit $3', [ws, before, limit + 1]);
      return { entries: found.slice(0, limit), more: found.length > limit };
    },
  };
}
