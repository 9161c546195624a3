import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Statements by their text, prepared once per connection. */
export type Sql = (text: string) => StatementSync;

export function createSql(db: DatabaseSync): Sql {
  const prepared = new Map<string, StatementSync>();
  return (text) => {
    const known = prepared.get(text);
    if (known) return known;
    const made = db.prepare(text);
    prepared.set(text, made);
    return made;
  };
}

/** Several reads as of one moment: in WAL a transaction keeps its snapshot while the writer goes on. */
export function atOneMoment<T>(sql: Sql, read: () => T): T {
  sql('begin').run();
  try {
    return read();
  } finally {
    sql('commit').run();
  }
}

/** Rows keep their record whole, as JSON, beside the columns that are searched by. */
export function body<T>(row: unknown): T | null {
  return row ? (JSON.parse((row as { body: string }).body) as T) : null;
}

export const bodies = <T>(rows: unknown[]): T[] => rows.map((row) => JSON.parse((row as { body: string }).body) as T);
