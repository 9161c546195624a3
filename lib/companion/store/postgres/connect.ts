import { Client, Pool, types, type ClientConfig, type PoolClient, type QueryResult, type QueryResultRow } from 'pg';

/** PostgreSQL cannot be used as it is; says what to do. */
export class DatabaseUnusableError extends Error {
  constructor(why: string) {
    super(`PostgreSQL at DATABASE_URL cannot be used: ${why}`);
    this.name = 'DatabaseUnusableError';
  }
}

const INT8 = 20;
/** A statement that takes longer hangs, ms. */
const STATEMENT_MS = 30_000;

/** Whole numbers as numbers: seqs and epoch ms stay far below 2^53. */
const getTypeParser: typeof types.getTypeParser = ((oid: number, format?: 'text' | 'binary') => (oid === INT8 ? Number : types.getTypeParser(oid, format))) as typeof types.getTypeParser;

/** A node that stands still in the middle of a commit holds everybody's lock: its transaction is ended after this, ms, and done anew when it wakes. */
const IDLE_MS = 2_000;

/** How every connection is made; `name` is what the operator sees in pg_stat_activity. */
const configOf = (url: string, name: string, options = ''): ClientConfig => ({
  connectionString: url, application_name: `baton ${name}`, keepAlive: true, connectionTimeoutMillis: 5_000,
  statement_timeout: STATEMENT_MS, query_timeout: STATEMENT_MS + 2_000, types: { getTypeParser },
  // A commit that was answered is on the disk, whatever the server's default says.
  options: `-c synchronous_commit=on -c idle_in_transaction_session_timeout=${IDLE_MS} ${options}`,
});

/**
 * The same few prepared statements over and over: planning the widest of them anew each time took as long as running it.
 * They find every row by its key; a plan made while a table was small must not go on reading the whole of it as it grows. None is worth compiling:
 * one that finds no index counts as so dear that the server takes 0.4 s to compile it each time.
 */
const PLAN_ONCE = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off';

/** A connection of one's own. `lost` is told once when it is gone. */
export async function connect(url: string, name: string, lost: (error: Error | null) => void): Promise<Client> {
  const client = new Client(configOf(url, name, PLAN_ONCE));
  let isTold = false;
  const tell = (error: Error | null): void => {
    if (isTold) return;
    isTold = true;
    lost(error);
  };
  client.on('error', tell);
  client.on('end', () => tell(null));
  await client.connect();
  return client;
}

/** Connections for everything but the ordered writes. */
export interface Db {
  query<R extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<R>>;
  connect(): Promise<PoolClient>;
  end(): Promise<void>;
}

/** A read whose connection broke is tried again so often: a failover ends them all, the idle ones too. */
const READ_TRIES = 4;
const READ_PAUSE_MS = 100;

export function createPool(url: string, broke: (error: Error) => void): Db {
  const pool = new Pool({ ...configOf(url, 'pool'), max: 8 });
  pool.on('error', broke);
  return {
    connect: () => pool.connect(), end: () => pool.end(),
    async query<R extends QueryResultRow>(text: string, values?: unknown[]) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await pool.query<R>(text, values);
        } catch (error) {
          // What writes may have been done: that is for its caller to decide.
          if (!isPassing(error) || attempt === READ_TRIES || !text.startsWith('select')) throw error;
          await new Promise((resolve) => setTimeout(resolve, READ_PAUSE_MS * attempt));
        }
      }
    },
  };
}

/** Whether trying again may help: the connection or the server went away, or somebody else was in the way. */
export function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return /^(08|57P0|25P03|53|40001|40P01|25006|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/.test(code);
  return error instanceof Error && /connection|timeout|not queryable/i.test(error.message);
}
