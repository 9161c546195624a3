import type { FeedRow } from '#lib/protocol/feed.ts';
import type { Commit } from '../store/store.ts';

const EVERY_MS = 25;
/** Summaries may take this much of the way out, bytes per ms over all agents (4 MB/s): whoever has a conversation open gets its messages at once anyway. */
const BYTES_PER_MS = 4_000;

/**
 * Commits as few feed frames: at once when idle, at most every 25 ms under load, rarer when frames are large and agents
 * many; always the newest state of each row. `send` tells how many agents it went to.
 */
export function createFeedBatch(send: (text: Buffer) => number): { add(commit: Commit): void; close(): void } {
  let rows = new Map<string, FeedRow>();
  let from = 0;
  let to = 0;
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    timer = null;
    if (rows.size === 0 && to === from) return;
    // Encoded once: as a string each socket would encode it again.
    const text = Buffer.from(JSON.stringify({ type: 'feed', from, to, rows: [...rows.values()] }));
    const bytes = text.length * send(text);
    rows = new Map();
    from = to;
    timer = setTimeout(flush, Math.max(EVERY_MS, bytes / BYTES_PER_MS));
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
