import type { Change, Context, Outcome } from '#lib/handoff/change.ts';
import { freshMeter } from '#lib/handoff/meter.ts';
import type { ConversationAct, Op } from '#lib/handoff/op.ts';
import { transition } from '#lib/handoff/transition.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { BotId, ConversationId, MemberId, MessageId, VisitorId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Message } from '#lib/protocol/message.ts';
import type { Bot, HandoffSettings, Workspace } from '#lib/protocol/settings.ts';
import type { Committed } from '#lib/companion/store/store.ts';

export const WORKSPACE: Workspace = {
  id: 'w' as WorkspaceId, seq: 1, name: 'Shop', agentsMaySwitch: true, waitingTooLongMs: 180_000, claimIdleMs: 300_000, reopenWithinMs: 1_800_000, archiveAfterMs: 86_400_000,
};
export const HANDOFF: HandoffSettings = { enabled: true, mode: 'both', offlineMessage: '', agentLabel: '', keepOn: false };
const BOT: Bot = {
  id: 'b' as BotId, seq: 1, name: 'Bean', greeting: 'Hi', sites: [], handoff: HANDOFF, availability: { on: true, by: null, at: 0 }, createdAt: 0,
};

/** One conversation in memory, moved only by `transition`: what a store does, without the storing. */
export function oneConversation(handoff: Partial<HandoffSettings> = {}) {
  let count = 0;
  const newId = (): MessageId => `m${(count += 1)}` as MessageId;
  const world = {
    now: 1_000_000, connected: ['sam' as MemberId], bot: { ...BOT, handoff: { ...HANDOFF, ...handoff } }, messages: [] as Message[], knowledge: [] as KnowledgeEntry[], newId,
    conversation: {
      id: 'c' as ConversationId, seq: 1, botId: BOT.id, channel: 'widget', visitor: { id: 'v' as VisitorId, name: 'Visitor', language: null }, page: null, status: 'open', floor: 'bot',
      claim: null, escalation: null, email: null, createdAt: 0, lastAt: 0, messageCount: 0, messageSeq: 0, team: [], last: null, resolvedAt: null, resolvedBy: null, detectFrom: 0, meter: freshMeter(), owed: null,
    } as Conversation,
    /** Runs the act and keeps what it changed. */
    act(what: ConversationAct, id: string = newId()): Outcome {
      const context: Context = { conversation: world.conversation, bot: world.bot, workspace: WORKSPACE, connected: world.connected, now: world.now, newId };
      const outcome = transition(context, what, id);
      if (outcome.ok) keep(outcome);
      return outcome;
    },
    /** The port the bot runner commits through. */
    submit(op: Op): Promise<Committed> {
      if (op.kind !== 'conversation') throw new Error('Only the bot submits here.');
      const outcome = world.act(op.what, op.id);
      return Promise.resolve(outcome.ok ? { ok: true, commit: null, conversation: world.conversation, message: null, note: null, result: {} } : outcome);
    },
  };
  function keep(change: Change): void {
    const from = world.conversation.messageCount;
    world.conversation = change.conversation;
    change.messages.forEach((draft, at) => {
      const index = from + at + 1;
      world.messages.push({ ...draft, conversationId: world.conversation.id, index, seq: index, at: world.now });
    });
    for (const patch of change.patches) world.messages = world.messages.map((one) => (one.id === patch.id && one.kind === 'said' ? { ...one, ...patch.set } : one));
  }
  return world;
}
export type World = ReturnType<typeof oneConversation>;
