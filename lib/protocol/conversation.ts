import * as z from 'zod';
import { BotId, ConversationId, MemberId, VisitorId } from './ids.ts';

export const STATUSES = ['open', 'escalated', 'resolved', 'archived'] as const;
/** The team's to-do. */
export const Status = z.enum(STATUSES);
export type Status = z.infer<typeof Status>;
/** Who answers the visitor. */
export const Floor = z.enum(['bot', 'team']);
export type Floor = z.infer<typeof Floor>;
export const CHANNELS = ['widget', 'playground', 'api'] as const;
export const Channel = z.enum(CHANNELS);
export type Channel = z.infer<typeof Channel>;
export const Trigger = z.enum(['button', 'request', 'offer', 'agent', 'policy', 'reopened']);
export type Trigger = z.infer<typeof Trigger>;

/** A reason with what it counted or matched, so that the card can say "Offered after 2 unanswered questions". */
export const Reason = z.object({
  code: z.enum(['button', 'request', 'offer_accepted', 'miss', 'weak', 'repeat', 'thumbs_down', 'frustration', 'implied', 'policy', 'agent', 'reopened']),
  count: z.int().positive().optional(), evidence: z.string().max(200).optional(),
});
export type Reason = z.infer<typeof Reason>;

export const Escalation = z.object({
  trigger: Trigger, reasons: z.array(Reason), at: z.int(),
  /** `messageCount` when it happened. */
  index: z.int().nonnegative(),
  /** What the visitor was shown: a person will join, or the offline message. */
  shown: z.enum(['queued', 'offline']),
});
export type Escalation = z.infer<typeof Escalation>;

export const Claim = z.object({ memberId: MemberId, name: z.string(), at: z.int(),
  /** Last sign of work: team message, typing, draft (law 6). */
  activeAt: z.int() });
export type Claim = z.infer<typeof Claim>;

/** The offer meter and what the detector must remember; see lib/handoff/decide.ts. */
export const Meter = z.object({
  evidence: z.number(), misses: z.int(), reasons: z.array(Reason),
  /** Visitor turns during which no unsolicited offer may be made. */
  cooldown: z.int(), offers: z.int(), bar: z.number(), armed: z.boolean(),
  offer: z.object({ messageId: z.string(), turnsLeft: z.int(), expiresAt: z.int() }).nullable(),
  clarified: z.boolean(),
});
export type Meter = z.infer<typeof Meter>;

/** One row as the team sees it: the inbox needs nothing else. */
export const Conversation = z.object({
  id: ConversationId, seq: z.int().positive(), botId: BotId, channel: Channel,
  visitor: z.object({ id: VisitorId, name: z.string(), language: z.string().nullable() }),
  page: z.object({ url: z.string(), title: z.string() }).nullable(),
  status: Status, floor: Floor, claim: Claim.nullable(), escalation: Escalation.nullable(),
  /** Left an e-mail: the offline lead. */
  email: z.object({ address: z.string(), at: z.int() }).nullable(),
  createdAt: z.int(), lastAt: z.int(), messageCount: z.int().nonnegative(),
  /** Highest `seq` of its messages: a client that holds less has missed something. */
  messageSeq: z.int().nonnegative(),
  /** Latest message of each agent who wrote here, for the second-answer guard (law 7). */
  team: z.array(z.object({ memberId: MemberId, name: z.string(), index: z.int() })),
  /** The latest line of a person, for the inbox. */
  last: z.object({ by: z.enum(['visitor', 'bot', 'agent']), text: z.string().max(160), at: z.int() }).nullable(),
  resolvedAt: z.int().nullable(), resolvedBy: z.object({ id: MemberId, name: z.string() }).nullable(),
  /** The detector reads only messages after this index (since the last resolve or return). */
  detectFrom: z.int().nonnegative(),
  meter: Meter,
  /** Visitor messages with `first` ≤ index ≤ `last` the bot still owes a turn for; survives a restart. */
  owed: z.object({ first: z.int().positive(), last: z.int().positive() }).nullable(),
});
export type Conversation = z.infer<typeof Conversation>;
