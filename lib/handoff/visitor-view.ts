import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Bot, Workspace } from '#lib/protocol/settings.ts';
import type { VisitorBot, VisitorConversation } from '#lib/protocol/visitor.ts';
import { agentLabel, offlineMessage, whyUnreachable } from './availability.ts';

/** The allow-list of what visitors see of a bot. @param connected how many agents hold a live lease */
export function visitorBot(bot: Bot, workspace: Workspace, connected: number): VisitorBot {
  return {
    id: bot.id, name: bot.name, greeting: bot.greeting, waitingTooLongMs: workspace.waitingTooLongMs,
    handoff: { enabled: bot.handoff.enabled, mode: bot.handoff.mode, agentLabel: agentLabel(bot), offlineMessage: offlineMessage(bot),
      available: whyUnreachable(bot, connected) === null },
  };
}

/** The allow-list of what visitors see of their conversation. @param place in the queue, 1 = next; asked only while waiting */
export function visitorConversation(conversation: Conversation, bot: Bot, place: number): VisitorConversation {
  const { status, floor, claim, escalation, email, messageSeq } = conversation;
  const waits = status === 'escalated' && claim === null;
  return {
    status, floor, messageSeq, email: email?.address ?? null,
    agentLabel: claim ? agentLabel(bot) : null,
    waiting: waits && floor === 'team' ? { since: escalation?.at ?? conversation.lastAt, place } : null,
    offline: waits && floor === 'bot' && escalation?.shown === 'offline',
  };
}
