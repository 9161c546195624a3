import type { FeedRow } from '#lib/protocol/feed.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import type { Commit } from '../store/store.ts';
import { rowsFor } from './for-version.ts';

const EVERY_MS = 25;
/** Nobody waits longer than this for what is new, and what piles up meanwhile stays a frame that can be taken in. */
const MOST_MS = 1_000;
/** Summaries may take this much of the way out, bytes per ms over all agents (4 MB/s): whoever has a conversation open gets its messages at once anyway. */
const BYTES_PER_MS = 4_000;

/**
 * Commits as few feed frames: at once when idle, at most every 25 ms under load, rarer when frames are large and agents
 * many (but every second); always the newest state of each row. `send` gets the text for a client of some protocol, and the rows, and tells how many agents it went to.
 */
export function createFeedBatch(send: (textFor: (version: number) => Buffer, rows: readonly FeedRow[]) => number): { add(commit: Commit): void; close(): void } {
  let rows = new Map<string, FeedRow>();
  let from = 0;
  let to = 0;
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    timer = null;
    if (rows.size === 0 && to === from) return;
    const all = [...rows.values()];
    // Encoded once per protocol: as a string each socket would encode it again.
    const encoded = new Map<number, Buffer>();
    const encode = (version: number): Buffer => {
      const text = encoded.get(version) ?? Buffer.from(JSON.stringify({ type: 'feed', from, to, rows: rowsFor(version, all) }));
      encoded.set(version, text);
      return text;
    };
    const bytes = encode(PROTOCOL_VERSION).length * send(encode, all);
    rows = new Map();
    from = to;
    timer = setTimeout(flush, Math.min(MOST_MS, Math.max(EVERY_MS, bytes / BYTES_PER_MS)));
  };
  return {
    add(commit) {
      if (rows.size === 0) from = commit.from;
      for (const one of commit.rows) {
        rows.set(`${one.kind} ${one.row.id}`, one);
        if (one.kind !== 'gone') continue;
        // What waits here of a conversation that was deleted is not sent any more.
        for (const [key, { kind, row }] of rows) if ((kind === 'conversation' && row.id === one.row.id) || (kind === 'note' && row.conversationId === one.row.id)) rows.delete(key);
      }
      to = Math.max(to, commit.to);
      if (!timer) flush();
    },
    close() { if (timer) clearTimeout(timer); },
  };
}
