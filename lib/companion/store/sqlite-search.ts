import type { Conversation } from '#lib/protocol/conversation.ts';
import { SEARCHED_MESSAGES, type SearchReader } from './search.ts';
import { bodies, type Sql } from './sql.ts';

/** After this much work everybody else gets a turn, so that the event loop is never held. */
const BREATH_MS = 4;

/** Reads on the main thread, with a breath between them. */
export function sqliteSearch(sql: Sql): SearchReader {
  let since = performance.now();
  const breathe = async (): Promise<void> => {
    if (performance.now() - since <= BREATH_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
  return {
    async slice(ws, status, { lastAt, id }, limit) {
      await breathe();
      const found = status
        ? sql('select body from conversation where workspace = ? and status = ? and (last_at, id) < (?, ?) order by last_at desc, id desc limit ?').all(ws, status, lastAt, id, limit)
        : sql('select body from conversation where workspace = ? and (last_at, id) < (?, ?) order by last_at desc, id desc limit ?').all(ws, lastAt, id, limit);
      return bodies<Conversation>(found);
    },
    async withMessage(conversations, holds) {
      const found = new Set<string>();
      for (const { id } of conversations) {
        await breathe();
        const rows = sql('select body from message where conversation = ? order by idx desc limit ?').all(id, SEARCHED_MESSAGES);
        if (bodies<{ text?: string }>(rows).some(({ text }) => text !== undefined && holds(text))) found.add(id);
      }
      return found;
    },
  };
}
