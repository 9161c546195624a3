import { ConversationId } from '#lib/protocol/ids.ts';
import type { Core } from '../core.ts';
import { refusal, type Http } from './parts.ts';

/** How the bot came to each of its turns: signals, meter and decision. For the team only. */
export async function listTurns(core: Core, c: Http): Promise<Response> {
  const id = ConversationId.safeParse(c.req.param('id'));
  const conversation = id.success ? await core.store.conversation(id.data) : null;
  return conversation ? c.json({ turns: await core.store.turns(conversation.id) }) : refusal(c, 404, 'not_found', 'There is no such conversation.');
}
