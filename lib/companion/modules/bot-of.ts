import { BotId } from '#lib/protocol/ids.ts';
import type { Core } from '../core.ts';
import { refusal, type Http } from './parts.ts';

/** The bot that a route is about, or the refusal to answer with. */
export function botOf(core: Core, c: Http): BotId | Response {
  const id = BotId.safeParse(c.req.param('botId'));
  return id.success && core.settings.bot(id.data) ? id.data : refusal(c, 404, 'not_found', 'There is no such bot.');
}
