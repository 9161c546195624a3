import * as z from 'zod';
import { Meter, Reason } from './conversation.ts';
import { ConversationId } from './ids.ts';
import { ENGINES, POLICY_ACTS, TriggerMode } from './settings.ts';

/** What one visitor turn showed: the rule detectors' findings and the bot's own signals. */
export const TurnSignals = z.object({
  /** By rules outside the bot: does the visitor ask for a person? */
  request: z.object({ strength: z.enum(['none', 'ambiguous', 'explicit']), evidence: z.string().nullable() }),
  /** Free-text answer to a standing offer. */
  consent: z.enum(['yes', 'no']).nullable(),
  smallTalk: z.boolean(),
  /** The visitor says that the answer helped ("thanks, that worked"). */
  satisfied: z.boolean(),
  /** Calibrated chance that the bot's reply is right and in scope, 0 to 1. */
  answerable: z.number(),
  repeated: z.boolean(), frustration: z.number(), wantsHuman: z.number(),
  /** Words of the admin's list that the visitor used; `by`: what the customer's own bot asked for. */
  policyHits: z.array(z.object({ words: z.string(), act: z.enum(POLICY_ACTS), by: z.literal('bot').optional() })),
  /** The bot's reply claimed a transfer or a follow-up that nobody had decided on; it was not shown (law 3). */
  promised: z.boolean(),
});
export type TurnSignals = z.infer<typeof TurnSignals>;

export const ACTIONS = ['answer', 'clarify', 'offer', 'escalate', 'point', 'decline', 'silent'] as const;
/** What `decide` made of a turn. */
export const Action = z.enum(ACTIONS);
export type Action = z.infer<typeof Action>;

/** One decision with all it was made from: `decide` makes the same of `meter`, `signals`, `handoff` and `at` again. Never for visitors. */
export const TurnRecord = z.object({
  conversationId: ConversationId,
  /** Of the visitor's message. */
  index: z.int().positive(), at: z.int(),
  signals: TurnSignals,
  /** Before the turn. */
  meter: Meter,
  handoff: z.object({ enabled: z.boolean(), mode: TriggerMode }),
  action: Action, reasons: z.array(Reason),
  /** Who answered; null: nobody did in time, or nobody was asked because the visitor's words were enough. */
  engine: z.enum(ENGINES).nullable(),
  /** The engine that was asked for failed and the embedded one answered. */
  degraded: z.boolean(),
});
export type TurnRecord = z.infer<typeof TurnRecord>;
/** `GET /api/conversations/:id/turns` */
export const TurnList = z.object({ turns: z.array(TurnRecord) });
