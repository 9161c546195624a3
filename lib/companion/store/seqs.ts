import type { Sql } from './sql.ts';

/** The workspaces' counters, held in memory by the one writer and stored with each batch. */
export interface Seqs { head(workspaceId: string): number; next(workspaceId: string): number; store(): void; forget(): void }

export function createSeqs(sql: Sql): Seqs {
  const heads = new Map<string, number>();
  const dirty = new Set<string>();
  const head = (id: string): number => {
    const known = heads.get(id);
    if (known !== undefined) return known;
    const row = sql('select head from workspace where id = ?').get(id) as { head: number } | undefined;
    const read = row?.head ?? 0;
    heads.set(id, read);
    return read;
  };
  return {
    head,
    next(id) {
      const seq = head(id) + 1;
      heads.set(id, seq);
      dirty.add(id);
      return seq;
    },
    store() {
      for (const id of dirty) sql('update workspace set head = ? where id = ?').run(head(id), id);
      dirty.clear();
    },
    forget() {
      heads.clear();
      dirty.clear();
    },
  };
}
