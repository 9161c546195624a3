import { BotId, VisitorId } from '#lib/protocol/ids.ts';
import type { Actor } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import { audited } from '../audit/audited.ts';
import type { Core } from '../core.ts';
import { refusal, streamed, type Http } from './parts.ts';

/** Everything kept of one visitor as JSON; written conversation by conversation as fast as it is taken. */
export async function exportVisitor(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const botId = BotId.safeParse(c.req.param('botId'));
  const visitorId = VisitorId.safeParse(c.req.param('visitorId'));
  const bot = botId.success ? core.settings.bot(botId.data) : undefined;
  const conversations = bot && visitorId.success ? await core.store.visitorConversations(bot.id, visitorId.data) : [];
  if (!bot || !visitorId.success || conversations.length === 0) return refusal(c, 404, 'not_found', 'Nothing is kept of this visitor; it may have been deleted.');
  // Before the first byte: what cannot be recorded is not given.
  await core.store.record(audited(by, { what: 'visitor.export', target: `${bot.id}/${visitorId.data}`, after: { conversations: conversations.length } }));
  const head = { exportedAt: new Date().toISOString(), visitorId: visitorId.data, bot: { id: bot.id, name: bot.name } };
  return streamed(c, pieces(core, head, conversations), 'application/json; charset=utf-8', 'visitor.json');
}

async function* pieces(core: Core, head: object, conversations: Conversation[]): AsyncGenerator<string, undefined> {
  yield `${JSON.stringify(head).slice(0, -1)},"conversations":[`;
  for (const [at, conversation] of conversations.entries()) {
    const messages = await core.store.messages(conversation.id, 0, Number.MAX_SAFE_INTEGER);
    const [teamNotes, turns] = [await core.store.notes(conversation.id), await core.store.turns(conversation.id)];
    yield `${at > 0 ? ',' : ''}\n${JSON.stringify({ ...conversation, messages, teamNotes, turns })}`;
  }
  yield '\n]}\n';
  return undefined;
}
