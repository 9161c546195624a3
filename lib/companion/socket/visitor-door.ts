import type { VisitorAct } from '#lib/handoff/op.ts';
import { visitorBot, visitorConversation } from '#lib/handoff/visitor-view.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { BotId } from '#lib/protocol/ids.ts';
import type { VisitorBot, VisitorCommand, VisitorConversation, VisitorHello } from '#lib/protocol/visitor.ts';
import type { Core } from '../core.ts';
import { WORKSPACE_ID } from '../workspace.ts';
import { mayPlay } from './playground.ts';

export const DELETED = 'This conversation was deleted. You can start a new one.';

/** Why this page may not show the chat: short words for the visitor, a hint for who embeds it in the log. */
export interface SiteRefusal { code: 'unknown_bot' | 'site_not_allowed'; words: string; hint: string }
export function siteRefusal(core: Core, botId: BotId, origin: string, host: string): SiteRefusal | null {
  const bot = core.settings.bot(botId);
  if (!bot) return { code: 'unknown_bot', words: 'This chat does not exist any more.', hint: "A page embeds a bot that is not here. Copy the embed snippet again from the bot's General tab." };
  const own = core.config.publicUrl ? new URL(core.config.publicUrl).origin : null;
  if (bot.sites.includes('*') || bot.sites.includes(origin) || origin === own || origin === `http://${host}` || origin === `https://${host}`) return null;
  return { code: 'site_not_allowed', words: 'This chat is not available on this site.', hint: 'A page embeds a bot that does not list its site. Add it in Baton: Options, Bots, Edit, General, Sites.' };
}

/** Of a bot that is there. */
export const botView = (core: Core, botId: BotId): VisitorBot => visitorBot(core.settings.bot(botId)!, core.settings.workspace(), core.leases.connected().length);
export async function conversationView(core: Core, conversation: Conversation): Promise<VisitorConversation> {
  const waits = conversation.status === 'escalated' && !conversation.claim && conversation.floor === 'team';
  return visitorConversation(conversation, core.settings.bot(conversation.botId)!, waits ? await core.store.place(WORKSPACE_ID, conversation) : 0);
}

/** As `siteRefusal`, for a chat window: the Playground is the team's, from wherever they are. */
export async function doorRefusal(core: Core, { botId, channel }: Pick<VisitorHello, 'botId' | 'channel'>, origin: string, host: string): Promise<SiteRefusal | null> {
  if (channel !== 'playground' || !core.settings.bot(botId)) return siteRefusal(core, botId, origin, host);
  return await mayPlay(core, origin) ? null : { code: 'site_not_allowed', words: 'The Playground works only in the extension of somebody of the team.', hint: 'A page that is not of a paired extension asked for the Playground.' };
}

/** What a frame asks of the rules. */
export function actOf(frame: VisitorCommand): VisitorAct {
  switch (frame.type) {
    case 'message': return { type: 'visitor.message', id: frame.id, text: frame.text };
    case 'escalate': return { type: 'visitor.escalate' };
    case 'offer': return { type: 'visitor.offer', messageId: frame.messageId, accept: frame.accept };
    case 'back': return { type: 'visitor.back' };
    case 'email': return { type: 'visitor.email', email: frame.email };
    case 'feedback': return { type: 'visitor.feedback', messageId: frame.messageId, value: frame.value };
  }
}
