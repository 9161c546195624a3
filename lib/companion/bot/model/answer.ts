import * as z from 'zod';
import { MESSAGE_MAX } from '#lib/protocol/limits.ts';
import type { BotTurn } from '../bot.ts';
import type { Passage } from '../passages.ts';

/** What a chat model is asked to say about one message. All of it is a proposal of somebody who can be talked into anything. */
export const ModelAnswer = z.object({
  answerable: z.enum(['yes', 'partial', 'no']),
  cited_ids: z.array(z.string()).max(100),
  answer: z.string().max(MESSAGE_MAX).nullish().transform((text) => text ?? ''),
  confidence: z.number().min(0).max(1).default(0.5),
  wants_human: z.enum(['explicit', 'implied', 'no']).default('no'),
  frustration: z.number().min(0).max(3).default(0),
});
export type ModelAnswer = z.infer<typeof ModelAnswer>;

/** The same for `response_format`. Whether there is an answer comes before the answer, so that a "no" is known before a word of it is shown. */
export const RESPONSE_FORMAT = {
  type: 'json_schema',
  json_schema: { name: 'turn', strict: true, schema: {
    type: 'object', additionalProperties: false, required: ['answerable', 'cited_ids', 'answer', 'confidence', 'wants_human', 'frustration'],
    properties: {
      answerable: { type: 'string', enum: ['yes', 'partial', 'no'] }, cited_ids: { type: 'array', items: { type: 'string' } }, answer: { type: 'string' },
      confidence: { type: 'number' }, wants_human: { type: 'string', enum: ['explicit', 'implied', 'no'] }, frustration: { type: 'integer', enum: [0, 1, 2, 3] },
    },
  } },
} as const;

/**
 * How `confidence` becomes `answerable` on the meter's scale (0.7 good, 0.35 weak). Models say 0.8 to 1 about nearly
 * everything, so it is no probability: it moves an answer within its band, never further. "yes" is good from 0.55 up and never
 * above 0.9; "partial" is weak at best.
 */
const BANDS = { yes: [0.48, 0.9], partial: [0.2, 0.6], no: [0, 0] } as const;
/** Heard by a model alone a request is evidence for an offer, however sure the model is: escalating is the rules' business. */
const WANTS_HUMAN = { explicit: 1, implied: 0.6, no: 0 } as const;
const FRUSTRATION_MOST = 3;

/**
 * The model's answer as a turn. An answer that cites nothing it was given counts as none, and so does an empty one.
 * @param base the embedded bot's turn for the same message: what the rules make of it holds beside the model
 */
export function turnOf(said: ModelAnswer, base: BotTurn, passages: readonly Passage[]): BotTurn {
  const cited = passages.filter(({ id }) => said.cited_ids.includes(id));
  const { smallTalk } = base.signals;
  const text = said.answer.trim();
  const stands = text !== '' && (smallTalk || (cited.length > 0 && said.answerable !== 'no'));
  const [low, high] = BANDS[stands ? said.answerable : 'no'];
  const answerable = smallTalk && stands ? 1 : low + (high - low) * said.confidence;
  return {
    reply: stands ? { text, sources: cited.map(({ id, title }) => ({ id, title, score: answerable })) } : null,
    signals: { ...base.signals, answerable, wantsHuman: WANTS_HUMAN[said.wants_human], frustration: Math.max(base.signals.frustration, said.frustration / FRUSTRATION_MOST) },
    engine: 'model',
  };
}
