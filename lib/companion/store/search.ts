import type { Conversation } from '#lib/protocol/conversation.ts';
import type { ConversationPage, ConversationQuery } from '#lib/protocol/http.ts';
import type { WorkspaceId } from '#lib/protocol/ids.ts';
import { bodies, type Sql } from './sql.ts';

/** Conversations read at once: 1 to 2 ms. */
const SLICE = 300;
/** After this much work everybody else gets a turn. */
const BREATH_MS = 4;

/** Newest first, one slice after the other. `before`: a place between rows, so that equal times are neither lost nor doubled. */
function slice(sql: Sql, ws: WorkspaceId, status: string | undefined, before: { lastAt: number; id: string }): Conversation[] {
  const found = status
    ? sql('select body from conversation where workspace = ? and status = ? and (last_at, id) < (?, ?) order by last_at desc, id desc limit ?').all(ws, status, before.lastAt, before.id, SLICE)
    : sql('select body from conversation where workspace = ? and (last_at, id) < (?, ?) order by last_at desc, id desc limit ?').all(ws, before.lastAt, before.id, SLICE);
  return bodies<Conversation>(found);
}

function holds(sql: Sql, conversation: Conversation, needle: string): boolean {
  const { visitor, email, last } = conversation;
  if ([visitor.name, email?.address ?? '', last?.text ?? ''].some((text) => text.toLowerCase().includes(needle))) return true;
  const rows = sql('select body from message where conversation = ? order by idx desc limit 500').all(conversation.id);
  return bodies<{ text?: string }>(rows).some(({ text }) => text?.toLowerCase().includes(needle));
}

/**
 * Filters and text search without an index of words: slices of the newest conversations with a breath between them, so
 * that the event loop is never held. Search goes on until the page is full or everything was looked at. A page may be longer
 * than its limit: rows of one and the same `lastAt` are never split, since the next page starts below it.
 */
export async function listConversations(sql: Sql, ws: WorkspaceId, query: ConversationQuery): Promise<ConversationPage> {
  const needle = query.text?.toLowerCase();
  const conversations: Conversation[] = [];
  let before = { lastAt: query.before ?? Number.MAX_SAFE_INTEGER, id: '' };
  let since = performance.now();
  for (;;) {
    const some = slice(sql, ws, query.status, before);
    for (const one of some) {
      if (performance.now() - since > BREATH_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        since = performance.now();
      }
      if (query.botId && one.botId !== query.botId) continue;
      if (query.channel && one.channel !== query.channel) continue;
      if (needle && !holds(sql, one, needle)) continue;
      if (conversations.length >= query.limit && conversations.at(-1)?.lastAt !== one.lastAt) return { conversations, more: true };
      conversations.push(one);
    }
    const last = some.at(-1);
    if (!last || some.length < SLICE) return { conversations, more: false };
    before = last;
  }
}
