import type { DatabaseSync } from 'node:sqlite';
import { DAY, SECOND } from '#lib/base/time.ts';

/** The journal still holds what was deleted until it is folded into the file and cut; done this soon, ms. */
const JOURNAL_MS = SECOND;
/** Rewriting costs time in proportion to the file (measured: 10 MB in 0.4 s), and writers wait for it. */
const REWRITE_EVERY_MS = DAY;
/** A larger file would hold writers up for too long: it is rewritten after a start alone. */
export const REWRITE_MOST_BYTES = 256 * 1024 * 1024;

/**
 * Gets deleted content out of the files too. `secure_delete` overwrites a row where it lay; the journal keeps older pages
 * until it is cut; and a page that was rebalanced while the row lived may keep a stray copy in its gap, which only
 * rewriting the file removes (measured: 4 of 1,200 texts).
 */
export function createScrubber(db: DatabaseSync): { soon(): void; rewrite(now: number, mostBytes: number): void; close(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cutJournal = (): void => {
    // A reader in the middle of something is not waited for: writers would wait too.
    const { timeout } = db.prepare('pragma busy_timeout').get() as { timeout: number };
    db.exec('pragma busy_timeout = 0');
    const { busy } = db.prepare('pragma wal_checkpoint(truncate)').get() as { busy: number };
    db.exec(`pragma busy_timeout = ${timeout}`);
    if (busy) soon();
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(cutJournal, JOURNAL_MS);
  };
  const done = (): number => (db.prepare(`select at from upkeep where name = 'rewrite'`).get() as { at: number } | undefined)?.at ?? 0;
  const newest = (): number => (db.prepare(`select coalesce(max(body ->> '$.at'), 0) as at from gone`).get() as { at: number }).at;
  return {
    soon, close: () => clearTimeout(timer),
    rewrite(now, mostBytes) {
      const before = done();
      const { bytes } = db.prepare('select page_count * page_size as bytes from pragma_page_count, pragma_page_size').get() as { bytes: number };
      if (bytes > mostBytes) return;
      if (newest() < before || (before > 0 && now - before < REWRITE_EVERY_MS) || newest() === 0) return;
      db.exec('vacuum');
      db.prepare(`insert or replace into upkeep (name, at) values ('rewrite', ?)`).run(now);
      cutJournal();
    },
  };
}
