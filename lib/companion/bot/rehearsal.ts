import { uuid } from '#lib/base/uuid.ts';
import type { Context } from '#lib/handoff/change.ts';
import { freshMeter } from '#lib/handoff/meter.ts';
import type { ConversationAct } from '#lib/handoff/op.ts';
import { transition } from '#lib/handoff/transition.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { ConversationId, MemberId, MessageId, VisitorId } from '#lib/protocol/ids.ts';
import type { Message } from '#lib/protocol/message.ts';
import type { Bot as Settings, Workspace } from '#lib/protocol/settings.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';

/** One conversation in memory, moved by the rules that move real ones; nothing of it is stored or sent. */
export interface Rehearsal {
  conversation(): Conversation;
  messages(): Message[];
  /** What the visitor sees of it, and how the bot came to it. @throws when the rules refuse: whoever rehearses asks only what they allow */
  act(what: ConversationAct, now: number): { shown: Message[]; turn: TurnRecord | null };
}

const blank = (settings: Settings, now: number): Conversation => ({
  id: `rehearsal-${uuid()}` as ConversationId, seq: 1, botId: settings.id, channel: 'playground', visitor: { id: 'rehearsal' as VisitorId, name: 'Visitor', language: null }, page: null,
  status: 'open', floor: 'bot', claim: null, escalation: null, email: null, createdAt: now, lastAt: now, messageCount: 0, messageSeq: 0, team: [], last: null,
  resolvedAt: null, resolvedBy: null, detectFrom: 0, meter: freshMeter(), owed: null,
});

export function createRehearsal({ settings, workspace, connected, now: began }: { settings: Settings; workspace: Workspace; connected: readonly MemberId[]; now: number }): Rehearsal {
  let conversation = blank(settings, began);
  let messages: Message[] = [];
  return {
    conversation: () => conversation,
    messages: () => messages,
    act(what, now) {
      const context: Context = { conversation, bot: settings, workspace, connected, now, newId: () => uuid(now) as MessageId };
      const outcome = transition(context, what, uuid(now));
      if (!outcome.ok) throw new Error(`A rehearsal was refused: ${outcome.refusal.message}`);
      const shown = outcome.messages.map((draft, at): Message => {
        const index = conversation.messageCount + 1 + at;
        return { ...draft, conversationId: conversation.id, index, seq: index, at: now };
      });
      const changed = messages.map((one) => outcome.patches.reduce((is, { id, set }) => (is.id === id && is.kind === 'said' ? { ...is, ...set } : is), one));
      messages = [...changed, ...shown];
      conversation = outcome.conversation;
      return { shown, turn: outcome.turn };
    },
  };
}
