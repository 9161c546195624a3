import type { Conversation } from '#lib/protocol/conversation.ts';
import { SEARCHED_MESSAGES, type SearchReader } from '../search.ts';
import type { Db } from './connect.ts';
import { bodies } from './reads.ts';

export function postgresSearch(db: Db): SearchReader {
  return {
    slice: (ws, status, { lastAt, id }, limit) => bodies<Conversation>(db, `select body from conversation where workspace = $1 and ($2::text is null or status = $2) and (last_at, id) < ($3, $4)
      order by last_at desc, id desc limit $5`, [ws, status ?? null, lastAt, id, limit]),
    // Looked through here and not there: letters are made small by the same rule as in the other store, whatever the database's locale.
    async withMessage(conversations, holds) {
      if (conversations.length === 0) return new Set();
      const { rows } = await db.query<{ conversation: string; body: string }>(`select c.id as conversation, m.body from unnest($1::text[]) c(id)
        cross join lateral (select body from message where conversation = c.id order by idx desc limit $2) m`, [conversations.map(({ id }) => id), SEARCHED_MESSAGES]);
      const found = new Set<string>();
      for (const { conversation, body } of rows) {
        const { text } = JSON.parse(body) as { text?: string };
        if (text !== undefined && holds(text)) found.add(conversation);
      }
      return found;
    },
  };
}
