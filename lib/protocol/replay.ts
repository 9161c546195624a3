import * as z from 'zod';
import { Channel, Meter, Reason, Trigger } from './conversation.ts';
import { ConversationId } from './ids.ts';
import { REPLAY_DEFAULT, REPLAY_MAX } from './limits.ts';
import { Detection, HandoffSettings } from './settings.ts';
import { Action, TurnSignals } from './turn.ts';

/**
 * `POST /api/bots/:botId/replay`: past conversations once more, with the saved settings and with changed ones, by the code
 * that answers visitors, run dry. Nothing is written and nobody is told. What may be changed is what `/try` takes.
 */
export const ReplayRequest = z.object({
  handoff: HandoffSettings.optional(),
  detection: Detection.omit({ embedder: true }).optional(),
  /** So many conversations, those with the newest lines. */
  newest: z.int().min(1).max(REPLAY_MAX).default(REPLAY_DEFAULT),
});
export type ReplayRequest = z.infer<typeof ReplayRequest>;

/**
 * Where a turn's signals come from. `rerun`: the knowledge base is asked again, as it is now. `recorded`: what the engine
 * found then is used again, because asking it (a chat model, the customer's own bot) would cost, and answer differently.
 */
export const ReplayBy = z.enum(['rerun', 'recorded']);
export type ReplayBy = z.infer<typeof ReplayBy>;

/** What the bot would do about one thing the visitor did. */
export const Decided = z.object({
  action: Action, trigger: Trigger.nullable(), reasons: z.array(Reason), signals: TurnSignals,
  /** The meter before and after. */
  before: Meter, after: Meter,
  /** What the bot proposed to say, said or not; null: nothing of its own. */
  reply: z.string().nullable(),
  /** Recorded signals only: the bot was not asked then, and is taken to have an answer. */
  assumed: z.boolean(),
});
export type Decided = z.infer<typeof Decided>;

export const DIFFERENCES = ['escalate', 'offer', 'sooner', 'later', 'no_offer', 'no_escalate', 'answer'] as const;
/** What the change would do: fetch or offer a person where it did not, at an earlier or later line, or no longer; or only say something else. */
export const DifferenceKind = z.enum(DIFFERENCES);
export type DifferenceKind = z.infer<typeof DifferenceKind>;

export const Difference = z.object({
  kind: DifferenceKind,
  /** Of the visitor's line. */
  index: z.int().positive(), text: z.string(),
  /** They wrote it, or gave the answer to it a thumbs down (or up). */
  on: z.enum(['line', 'feedback']),
  saved: Decided.nullable(), changed: Decided.nullable(),
  /** What was decided then. */
  really: z.object({ action: Action, reasons: z.array(Reason), signals: TurnSignals, at: z.int() }),
});
export type Difference = z.infer<typeof Difference>;

/** Whether the visitor would be offered a person, and whether one would be fetched, at least once. */
export const Reached = z.object({ offered: z.boolean(), escalated: z.boolean() });
export type Reached = z.infer<typeof Reached>;

export const ReplayedConversation = z.object({
  type: z.literal('conversation'),
  /** Conversations looked at so far, this one included. */
  done: z.int().positive(),
  id: ConversationId, channel: Channel, visitor: z.string(), lastAt: z.int(),
  /** What was decided about each of the visitor's lines: then, with the saved settings, and with the changed ones. Null: the team would have it. */
  turns: z.array(z.object({ index: z.int().positive(), really: Action, saved: Action.nullable(), changed: Action.nullable() })),
  saved: Reached, changed: Reached,
  differences: z.array(Difference),
  /** Differences beyond those listed. */
  more: z.int().nonnegative(),
});
export type ReplayedConversation = z.infer<typeof ReplayedConversation>;

const Totals = z.object({ offered: z.int().nonnegative(), escalated: z.int().nonnegative() });
export const ReplaySummary = z.object({
  type: z.literal('summary'),
  /** Conversations with at least one line the bot took; the others are skipped. */
  replayed: z.int().nonnegative(), skipped: z.int().nonnegative(), turns: z.int().nonnegative(),
  /** Conversations that would come to an offer, and to an escalation by it or by the bot. */
  saved: Totals, changed: Totals,
  /** Conversations with a difference of each kind. */
  kinds: z.record(DifferenceKind, z.int().nonnegative()),
  /** False: its time was up before the last conversation. */
  isComplete: z.boolean(),
});
export type ReplaySummary = z.infer<typeof ReplaySummary>;

/** One line of the answer (NDJSON): first `began`, then one for each conversation, then the summary; or `failed`, with words for the person. */
export const ReplayLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('began'), of: z.int().nonnegative(), by: ReplayBy }),
  ReplayedConversation,
  z.object({ type: z.literal('skipped'), done: z.int().positive() }),
  ReplaySummary,
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type ReplayLine = z.infer<typeof ReplayLine>;
