import type { Conversation } from '#lib/protocol/conversation.ts';
import type { ConversationPage, ConversationQuery } from '#lib/protocol/http.ts';
import type { WorkspaceId } from '#lib/protocol/ids.ts';

/** Conversations read at once: 1 to 2 ms. */
const SLICE = 300;
/** Conversations whose messages are looked through at once. */
const LOOK = 50;
/** The newest messages of a conversation that a search reads. */
export const SEARCHED_MESSAGES = 500;

/** A place between rows, so that equal times are neither lost nor doubled. */
export interface Place { lastAt: number; id: string }
export interface SearchReader {
  /** Newest first, below `before`. */
  slice(ws: WorkspaceId, status: string | undefined, before: Place, limit: number): Promise<Conversation[]>;
  /** Those of them with a message that `holds`. */
  withMessage(conversations: Conversation[], holds: (text: string) => boolean): Promise<Set<string>>;
}

async function matching(reader: SearchReader, some: Conversation[], needle: string | undefined): Promise<Conversation[]> {
  if (!needle) return some;
  const holds = (text: string): boolean => text.toLowerCase().includes(needle);
  const onRow = ({ visitor, email, last }: Conversation): boolean => [visitor.name, email?.address ?? '', last?.text ?? ''].some(holds);
  const inMessages = await reader.withMessage(some.filter((one) => !onRow(one)), holds);
  return some.filter((one) => onRow(one) || inMessages.has(one.id));
}

/**
 * Filters and text search without an index of words: slices of the newest conversations, until the page is full or
 * everything was looked at. A page may be longer than its limit: rows of one and the same `lastAt` are never split, since
 * the next page starts below it.
 */
export async function listConversations(reader: SearchReader, ws: WorkspaceId, query: ConversationQuery): Promise<ConversationPage> {
  const needle = query.text?.toLowerCase();
  const conversations: Conversation[] = [];
  let before: Place = { lastAt: query.before ?? Number.MAX_SAFE_INTEGER, id: '' };
  for (;;) {
    const some = await reader.slice(ws, query.status, before, SLICE);
    const wanted = some.filter((one) => (!query.botId || one.botId === query.botId) && (!query.channel || one.channel === query.channel));
    for (let at = 0; at < wanted.length; at += LOOK) {
      for (const one of await matching(reader, wanted.slice(at, at + LOOK), needle)) {
        if (conversations.length >= query.limit && conversations.at(-1)?.lastAt !== one.lastAt) return { conversations, more: true };
        conversations.push(one);
      }
    }
    const last = some.at(-1);
    if (!last || some.length < SLICE) return { conversations, more: false };
    before = { lastAt: last.lastAt, id: last.id };
  }
}
