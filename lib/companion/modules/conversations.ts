import { ConversationQuery } from '#lib/protocol/http.ts';
import type { Actor } from '#lib/handoff/op.ts';
import { audited } from '../audit/audited.ts';
import type { Core } from '../core.ts';
import { WORKSPACE_ID } from '../workspace.ts';
import { csvRow } from './csv.ts';
import { queryOf, refusal, streamed, type Http } from './parts.ts';
import { COLUMNS, csvRows } from './transcript-rows.ts';

/** Conversations read for one piece of an export. */
const PAGE = 100;

function readQuery(c: Http): ConversationQuery | Response {
  const parsed = ConversationQuery.safeParse(queryOf(c));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return refusal(c, 400, 'malformed', `${String(issue?.path[0] ?? 'The query')} cannot be read: ${issue?.message ?? ''}`);
}

/** One page of conversations, newest first. */
export async function listConversations(core: Core, c: Http): Promise<Response> {
  const query = readQuery(c);
  return query instanceof Response ? query : c.json(await core.store.list(WORKSPACE_ID, query));
}

/** The same filter as CSV, one line per message; read page by page. */
export async function exportConversations(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const query = readQuery(c);
  if (query instanceof Response) return query;
  const { status, botId, channel, text } = query;
  // Not the text itself: it may be what a visitor wrote.
  const after = { ...(status ? { status } : {}), ...(botId ? { botId } : {}), ...(channel ? { channel } : {}), ...(text ? { text: true } : {}) };
  await core.store.record(audited(by, { what: 'conversations.export', after }));
  return streamed(c, exportLines(core, query), 'text/csv; charset=utf-8', 'conversations.csv');
}

async function* exportLines(core: Core, query: ConversationQuery): AsyncGenerator<string, undefined> {
  // The mark tells spreadsheets that this is UTF-8.
  yield `\uFEFF${csvRow(COLUMNS)}`;
  for (let before = query.before, more = true; more;) {
    const page = await core.store.list(WORKSPACE_ID, { ...query, limit: PAGE, ...(before === undefined ? {} : { before }) });
    for (const conversation of page.conversations) {
      const messages = await core.store.messages(conversation.id, 0, Number.MAX_SAFE_INTEGER);
      yield csvRows(conversation, core.settings.bot(conversation.botId)?.name ?? conversation.botId, messages);
    }
    before = page.conversations.at(-1)?.lastAt;
    more = page.more && before !== undefined;
  }
  return undefined;
}
