import { ConversationQuery } from '#lib/protocol/http.ts';
import type { Core } from '../core.ts';
import { WORKSPACE_ID } from '../workspace.ts';
import { csvRow } from './csv.ts';
import { refusal, type Http } from './parts.ts';
import { COLUMNS, csvRows } from './transcript-rows.ts';

/** Conversations read for one piece of an export. */
const PAGE = 100;

/** An empty value is an absent one, as forms send it. */
function readQuery(c: Http): ConversationQuery | Response {
  const given = Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== ''));
  const parsed = ConversationQuery.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return refusal(c, 400, 'malformed', `${String(issue?.path[0] ?? 'The query')} cannot be read: ${issue?.message ?? ''}`);
}

/** One page of conversations, newest first. */
export async function listConversations(core: Core, c: Http): Promise<Response> {
  const query = readQuery(c);
  return query instanceof Response ? query : c.json(await core.store.list(WORKSPACE_ID, query));
}

/** The same filter as CSV, one line per message; read page by page as fast as it is taken, so that size costs no memory. */
export function exportConversations(core: Core, c: Http): Response {
  const query = readQuery(c);
  if (query instanceof Response) return query;
  const lines = exportLines(core, query);
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close(); else controller.enqueue(new TextEncoder().encode(value));
    },
    async cancel() { await lines.return(undefined); },
  });
  return c.body(stream, 200, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="conversations.csv"', 'cache-control': 'no-store' });
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
