import * as z from 'zod';
import { Meter, Reason, Trigger } from './conversation.ts';
import { KnowledgeId } from './ids.ts';
import { TRY_EARLIER_MAX } from './limits.ts';
import { Message, Text } from './message.ts';
import { Detection, ENGINES, HandoffSettings } from './settings.ts';
import { Action, TurnSignals } from './turn.ts';

/**
 * `POST /api/bots/:botId/try`: what the bot would make of a message, with the code that answers visitors, run dry. Nothing
 * is written and nobody is told. Settings that are not saved yet may be tried; an embeddings endpoint may not, because the
 * saved key would go to whatever address was typed.
 */
export const TryRequest = z.object({
  text: Text,
  /** What the visitor wrote before, oldest first. */
  earlier: z.array(Text).max(TRY_EARLIER_MAX).optional(),
  handoff: HandoffSettings.optional(),
  detection: Detection.omit({ embedder: true }).optional(),
});
export type TryRequest = z.infer<typeof TryRequest>;

/** How a bot found what it answers with, whatever its engine; best first. Scores are the engine's own, 0 to 1. */
export const Explained = z.object({
  ranked: z.array(z.object({ id: KnowledgeId, title: z.string(), score: z.number() })),
  /** The known phrasing that sounds most alike. */
  nearest: z.object({ phrasing: z.string(), similarity: z.number() }).optional(),
  /** The engine answers from this score up. */
  threshold: z.number().optional(),
});
export type Explained = z.infer<typeof Explained>;

/** One turn of the bot with everything that led to it. */
export const TriedTurn = z.object({
  action: Action, trigger: Trigger.nullable(), reasons: z.array(Reason), signals: TurnSignals,
  /** The meter before and after. */
  before: Meter, after: Meter,
  /** What the bot proposed to say, said or not. */
  reply: z.object({ text: z.string(), sources: z.array(z.object({ id: KnowledgeId, title: z.string(), score: z.number() })) }).nullable(),
  /** Null: nobody answered in time; `problem` says why. */
  engine: z.enum(ENGINES).nullable(), degraded: z.boolean(), problem: z.string().nullable(),
  /** Of the whole turn, ms. */
  tookMs: z.number().nonnegative(),
  /** Null for an engine that cannot say. */
  explained: Explained.nullable(),
});
export type TriedTurn = z.infer<typeof TriedTurn>;

/** What one line led to. `turn` null: the team has the conversation by then, and the bot is not asked. */
export const TriedLine = z.object({
  text: z.string(), turn: TriedTurn.nullable(),
  /** What the visitor would read after it. */
  shown: z.array(Message),
});
export type TriedLine = z.infer<typeof TriedLine>;
/** One for each earlier line and, last, the message itself. */
export const Tried = z.object({ lines: z.array(TriedLine).min(1) });
export type Tried = z.infer<typeof Tried>;
