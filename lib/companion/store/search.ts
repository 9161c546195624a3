import type { Conversation } from '#lib/protocol/conversation.ts';
import type { ConversationPage, ConversationQuery } from '#lib/protocol/http.ts';
import type { WorkspaceId } from '#lib/protocol/ids.ts';
import { bodies, type Sql } from './sql.ts';

/** Conversations looked at per slice: a few ms, then everybody else gets a turn. */
const SLICE = 300;

/** Newest first, one slice after the other. */
function slice(sql: Sql, ws: WorkspaceId, status: string | undefined, before: number, size: number): Conversation[] {
  const found = status
    ? sql('select body from conversation where workspace = ? and status = ? and last_at < ? order by last_at desc limit ?').all(ws, status, before, size)
    : sql('select body from conversation where workspace = ? and last_at < ? order by last_at desc limit ?').all(ws, before, size);
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
 * that the event loop is never held. Search goes on until the page is full or everything was looked at.
 */
export async function listConversations(sql: Sql, ws: WorkspaceId, query: ConversationQuery): Promise<ConversationPage> {
  const needle = query.text?.toLowerCase();
  const conversations: Conversation[] = [];
  let before = query.before ?? Number.MAX_SAFE_INTEGER;
  for (;;) {
    const some = slice(sql, ws, query.status, before, SLICE);
    for (const one of some) {
      if (query.botId && one.botId !== query.botId) continue;
      if (query.channel && one.channel !== query.channel) continue;
      if (needle && !holds(sql, one, needle)) continue;
      if (conversations.length === query.limit) return { conversations, more: true };
      conversations.push(one);
    }
    const last = some.at(-1);
    if (!last || some.length < SLICE) return { conversations, more: false };
    before = last.lastAt;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
