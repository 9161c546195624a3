import type { FeedRow } from '#lib/protocol/feed.ts';
import type { Commit } from '../store/store.ts';

const EVERY_MS = 25;

/** Commits as few feed frames: at once when idle, at most every 25 ms under load, the newest state of each row. */
export function createFeedBatch(send: (text: string) => void): { add(commit: Commit): void; close(): void } {
  let rows = new Map<string, FeedRow>();
  let from = 0;
  let to = 0;
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    timer = null;
    if (rows.size === 0 && to === from) return;
    send(JSON.stringify({ type: 'feed', from, to, rows: [...rows.values()] }));
    rows = new Map();
    from = to;
    timer = setTimeout(flush, EVERY_MS);
  };
  return {
    add(commit) {
      if (rows.size === 0) from = commit.from;
      for (const row of commit.rows) rows.set(`${row.kind} ${row.row.id}`, row);
      to = Math.max(to, commit.to);
      if (!timer) flush();
    },
    close() { if (timer) clearTimeout(timer); },
  };
}
