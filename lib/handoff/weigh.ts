import type { Meter, Reason } from '#lib/protocol/conversation.ts';
import type { TurnSignals } from '#lib/protocol/turn.ts';
import { BOT_ASKED } from './phrases.ts';

/** `answerable` from `good` up is a good answer, from `weak` up a weak one, below a miss. */
export const GOOD_ANSWER = { good: 0.7, weak: 0.35 } as const;
/** Per stretch with the bot; a request or its ambiguous form is not one. */
export const MAX_UNSOLICITED = 2;

/** Start values of reference/detection.md section 6. */
const WEIGHT = { miss: 1, weak: 0.4, repeat: 0.6, thumbs_down: 0.7, frustration: 1, implied: 1, policy: 1.5 } as const;
type Weighed = keyof typeof WEIGHT;
/** Asking the same thing again after saying so once already (a repeat, a thumbs-down) weighs as much as a miss. */
const REPEAT_AFTER_COMPLAINT = 1;
const GOOD_ANSWER_FACTOR = 0.3;
/** Less than this is not worth telling the agent about. */
const FORGOTTEN_BELOW = 0.3;
const FRUSTRATED_FROM = 0.7;
const IMPLIED_FROM = 0.5;

/** The meter after a turn that asked for nobody. */
export function weigh(meter: Meter, signals: TurnSignals): Meter {
  let next = meter;
  if (signals.satisfied) return helped(next);
  if (!signals.smallTalk) next = weighAnswer(next, signals);
  if (signals.frustration >= FRUSTRATED_FROM) next = add(next, 'frustration');
  if (signals.wantsHuman >= IMPLIED_FROM) next = add(next, 'implied');
  const [hit] = signals.policyHits;
  return hit === undefined ? next : add(next, 'policy', WEIGHT.policy, hit.words);
}

function weighAnswer(meter: Meter, { answerable, repeated, promised: isPromise }: TurnSignals): Meter {
  const complained = meter.reasons.some((one) => one.code === 'repeat' || one.code === 'thumbs_down');
  const again = (from: Meter): Meter => (repeated ? add(from, 'repeat', complained ? REPEAT_AFTER_COMPLAINT : WEIGHT.repeat) : from);
  if (isPromise || answerable < GOOD_ANSWER.weak) return again({ ...add(meter, 'miss'), misses: meter.misses + 1 });
  if (answerable < GOOD_ANSWER.good) return again(add(meter, 'weak'));
  // A good answer to a question that was asked before did not help the first time either.
  if (repeated) return again(meter);
  const evidence = meter.evidence * GOOD_ANSWER_FACTOR;
  return { ...meter, evidence, reasons: evidence < FORGOTTEN_BELOW ? [] : meter.reasons };
}

/** Enough for an offer. The reasons say how it came to it. */
export const promised = (meter: Meter): Meter => ({ ...meter, evidence: Math.max(meter.evidence, meter.bar) });

/** What an offer of the bot's own accord weighs: as much as one it makes in its turn. */
export const weighBotAsked = (meter: Meter): Meter => add(meter, 'policy', WEIGHT.policy, BOT_ASKED);
export const weighThumbsDown = (meter: Meter): Meter => add(meter, 'thumbs_down');

/** Thanks or a thumbs-up: what went before is settled. */
export function helped(meter: Meter): Meter {
  return { ...meter, evidence: 0, reasons: [], clarified: false };
}

function add(meter: Meter, code: Weighed, weight: number = WEIGHT[code], evidence?: string): Meter {
  const before = meter.reasons.find((one) => one.code === code);
  const span = evidence ?? before?.evidence;
  const reason: Reason = { code, count: (before?.count ?? 0) + 1, ...(span === undefined ? {} : { evidence: span.slice(0, 200) }) };
  const reasons = before ? meter.reasons.map((one) => (one === before ? reason : one)) : [...meter.reasons, reason];
  return { ...meter, evidence: meter.evidence + weight, reasons };
}
