import type { Command } from '#lib/protocol/command.ts';
import type { Reason, Channel, Trigger, Meter } from '#lib/protocol/conversation.ts';
import type { BotId, ConversationId, MemberId, MessageId, VisitorId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Source } from '#lib/protocol/message.ts';
import type { Engine, Policy, Role } from '#lib/protocol/settings.ts';
import type { Action, TurnSignals } from '#lib/protocol/turn.ts';

/** A member as the companion knows them when they act. */
export interface Actor { id: MemberId; name: string; role: Role }

/** What a visitor does. `id` of a message is its message id. */
export type VisitorAct =
  | { type: 'visitor.message'; id: MessageId; text: string }
  | { type: 'visitor.escalate' }
  | { type: 'visitor.offer'; messageId: MessageId; accept: boolean }
  | { type: 'visitor.back' }
  | { type: 'visitor.email'; email: string }
  | { type: 'visitor.feedback'; messageId: MessageId; value: 'up' | 'down' };

export interface Decision {
  action: Action; reasons: Reason[]; meter: Meter; trigger?: Extract<Trigger, 'request' | 'offer' | 'policy'>;
  /** What became of the offer that was standing before this event. */
  settled?: 'accepted' | 'declined' | 'lapsed';
}

/** What the bot, or the clock, does. */
export type BotAct = {
  type: 'bot.turn';
  /** The visitor message it answers. */
  index: number;
  reply: { id: MessageId; text: string; sources: Source[] } | null;
  decision: Decision;
  /** What `decision` was made from: with it the decision is made again at commit, on the meter and settings of that moment. */
  signals?: TurnSignals;
  /** Who answered; null: nobody did in time. */
  engine?: Engine['kind'] | null; degraded?: boolean;
};
/** What the customer's own bot does between its turns. */
export type BotOwnAct =
  | { type: 'bot.say'; id: MessageId; text: string; sources: Source[] }
  | { type: 'bot.person'; act: Policy['act'] };
export type ClockAct = { type: 'clock.release' } | { type: 'clock.archive' };
/** A sign of work on a claim that is not a message. */
export type DraftAct = { type: 'member.draft' };

export type ConversationCommand = Extract<Command, { conversationId: ConversationId }>;
export type WorkspaceCommand = Exclude<Command, ConversationCommand>;

/** Everything that can happen to one conversation. */
export type ConversationAct =
  | { by: 'visitor'; act: VisitorAct }
  | { by: 'bot'; act: BotAct }
  /** The customer's own bot calls: each call's id is remembered, and done once. */
  | { by: 'webhook'; botId: BotId; act: BotAct | BotOwnAct }
  | { by: 'clock'; act: ClockAct }
  | { by: 'member'; actor: Actor; act: ConversationCommand | DraftAct };

/** Who a visitor is; the first act creates visitor and conversation. */
export interface VisitorRef {
  visitorId: VisitorId; secretHash: string; botId: BotId; channel: Channel;
  page: { url: string; title: string } | null; language: string | null;
}

/** A conversation that may be past its time, and whose it is. */
export interface Due { id: ConversationId; botId: BotId; visitorId: VisitorId }

/** One unit of work for the store. `id` is the client's: the same id is done once. */
export type Op = { workspaceId: WorkspaceId; id: string; now: number; /** Members with a live lease. */ connected: MemberId[] } & (
  | { kind: 'visitor'; visitor: VisitorRef; act: VisitorAct }
  | { kind: 'conversation'; conversationId: ConversationId; what: Exclude<ConversationAct, { by: 'visitor' }> }
  | { kind: 'workspace'; actor: Actor; command: WorkspaceCommand }
  /** What the clock found past its time; looked at again when it is done. Everything of it goes, and visitors nothing is left of. */
  | { kind: 'retention'; conversations: Due[] }
);
