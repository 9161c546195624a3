import { assertNever } from '#lib/base/assert-never.ts';
import { GOOD_ANSWER, MAX_UNSOLICITED } from '#lib/handoff/weigh.ts';
import type { Meter } from '#lib/protocol/conversation.ts';
import type { Happening } from '#lib/protocol/message.ts';
import type { Engine } from '#lib/protocol/settings.ts';
import type { TriedTurn } from '#lib/protocol/try.ts';
import { afterWords, listed } from '#components/why/words.ts';

/** As the widget says it (lib/widget/words.ts). */
const QUEUED = "You're in the queue. Someone from the team will join.";

/** What a verdict is made of, wherever the turn was decided. */
export type Judged = Pick<TriedTurn, 'action' | 'trigger' | 'reasons' | 'signals' | 'before' | 'after'> & { reply: TriedTurn['reply'] | string };
export interface Verdict { title: string; tone: 'ok' | 'wait' | 'off'; because: string }

/** What the visitor reads where something happened, or null where they read nothing. */
export function visitorWords(what: Happening): string | null {
  if (what.type === 'queued') return QUEUED;
  return what.type === 'offline' ? what.text : null;
}

/** Scores are shown with two decimals: enough to compare with a threshold. */
export const score = (value: number): string => value.toFixed(2);
const quoted = (span: string | null | undefined): string => (span ? `: “${span}”` : '');
const GOOD = score(GOOD_ANSWER.good);
const WEAK = score(GOOD_ANSWER.weak);

/** The decision, and the rule and evidence that caused it, for whoever sets the bot up. `null`: the team has the conversation. */
export function verdictOf(turn: Judged | null): Verdict {
  if (!turn) return { title: 'Would say nothing', tone: 'off', because: 'An earlier line brought in the team. The bot is silent until the conversation is returned to it.' };
  const { action, signals: { request } } = turn;
  const asks = `It asks for a person${quoted(request.evidence)}.`;
  switch (action) {
    case 'escalate': return { title: 'Would hand over to a person', tone: 'wait', because: escalateBecause(turn, asks) };
    case 'offer': return { title: 'Would offer a person', tone: 'wait', because: offerBecause(turn) };
    case 'point': return { title: 'Would point at “Talk to a person”', tone: 'wait', because: `${asks} Trigger mode is Button, so the visitor presses it themselves.` };
    case 'decline': return { title: 'Would say that there is no person here', tone: 'off', because: `${asks} Human handoff is off, and the answer says so honestly.` };
    case 'clarify': return turn.reply ? { title: 'Would answer, unsure', tone: 'ok', because: missBecause(turn) } : { title: 'Would ask back', tone: 'ok', because: `${missBecause(turn)} The first time, the bot asks for other words.` };
    case 'answer': return answerVerdict(turn);
    case 'silent': return { title: 'Would say nothing', tone: 'off', because: 'It says no to the offer, and the bot has no answer to add.' };
    default: return assertNever(action);
  }
}

function escalateBecause({ trigger, reasons, signals }: Judged, asks: string): string {
  if (trigger === 'offer') return 'It says yes to the offer that stands.';
  if (trigger === 'policy') return `It has words for which your settings fetch a person${quoted(reasons.find(({ code }) => code === 'policy')?.evidence)}.`;
  return trigger === 'request' || signals.request.strength !== 'none' ? `${asks} A request is never refused.` : asks;
}

function offerBecause({ signals, reasons, before }: Judged): string {
  if (signals.request.strength === 'ambiguous') return `It may be asking for a person${quoted(signals.request.evidence)}. The offer is the question back.`;
  if (signals.promised) return 'The bot’s answer promised a person or a follow-up that nobody had decided on. It is not shown; the offer stands in its place.';
  const policy = reasons.find(({ code }) => code === 'policy')?.evidence;
  const after = listed([...reasons.map(afterWords).filter((words) => words !== null), ...(policy ? [`the words “${policy}”`] : [])]);
  return `The evidence reached the bar of ${score(before.bar)}${after ? ` after ${after}` : ''}.`;
}

function missBecause({ signals: { answerable, promised } }: Judged): string {
  return promised ? 'The bot’s answer promised something nobody had decided on; it counts as no answer.' : `No answer fits well enough: ${score(answerable)}, and a weak one begins at ${WEAK}.`;
}

function answerVerdict(turn: Judged): Verdict {
  const { signals: { answerable, smallTalk, satisfied, promised }, reply } = turn;
  if (smallTalk) return { title: 'Would answer', tone: 'ok', because: 'It is small talk. It counts neither for nor against a person.' };
  if (!reply) return { title: 'Would say that it does not know', tone: 'off', because: `${missBecause(turn)} ${whyNoOffer(turn.after)}`.trim() };
  if (satisfied) return { title: 'Would answer', tone: 'ok', because: 'The visitor says that it helped. What went before is settled.' };
  if (promised || answerable < GOOD_ANSWER.weak) return { title: 'Would answer', tone: 'off', because: missBecause(turn) };
  if (answerable < GOOD_ANSWER.good) return { title: 'Would answer, unsure', tone: 'ok', because: `${score(answerable)} is a weak answer (a good one begins at ${GOOD}). It is given, and counts a little towards an offer.` };
  return { title: 'Would answer', tone: 'ok', because: `${score(answerable)} is a good answer (from ${GOOD}).` };
}

/** What kept the evidence from being an offer; empty when there was too little of it. */
function whyNoOffer({ evidence, bar, cooldown, offers, offer }: Meter): string {
  if (offer) return 'An offer stands already.';
  if (cooldown > 0) return `After a no, ${cooldown === 1 ? 'one more message passes' : `${cooldown} more messages pass`} without an offer.`;
  if (offers >= MAX_UNSOLICITED) return `${MAX_UNSOLICITED} offers were made; the bot makes no more by itself.`;
  return evidence < bar ? `The evidence is ${score(evidence)}; an offer is made at ${score(bar)}.` : 'Trigger mode or handoff keep the bot from offering a person.';
}

const ENGINE_NAMES: Record<Engine['kind'], string> = { embedded: 'The knowledge base', model: 'The chat model', webhook: 'Your own bot (webhook)' };
const REQUEST_NAMES = { none: 'No', ambiguous: 'Perhaps', explicit: 'Yes' } as const;

/** Everything that was measured, label by label. */
export function factsOf({ signals, engine, degraded, tookMs }: TriedTurn): [label: string, value: string][] {
  const { answerable, request, wantsHuman, frustration, repeated, policyHits } = signals;
  const quality = answerable >= GOOD_ANSWER.good ? 'good' : answerable >= GOOD_ANSWER.weak ? 'weak' : 'none';
  return [
    ['Answerable', `${score(answerable)} (${quality === 'none' ? 'no answer' : `a ${quality} answer`})`],
    ['Asks for a person', `${REQUEST_NAMES[request.strength]}${quoted(request.evidence)}`],
    ['Seems to want one', score(wantsHuman)],
    ['Frustration', score(frustration)],
    ['Asked before', repeated ? 'Yes' : 'No'],
    ['Policy words', policyHits.length === 0 ? 'None' : policyHits.map(({ words, act }) => `“${words}” (${act === 'escalate' ? 'fetch a person' : 'offer a person'})`).join(', ')],
    ['Answered by', engine === null ? 'Nobody in time' : `${ENGINE_NAMES[engine]}${degraded ? ', because another failed' : ''}`],
    ['Took', `${tookMs < 10 ? tookMs.toFixed(1) : Math.round(tookMs)} ms`],
  ];
}

/** Where the meter stands after it. */
export function meterWords({ evidence, bar, offers, cooldown, clarified, offer }: Meter): string {
  const more = [offer ? 'an offer stands' : null, clarified ? 'asked back once' : null, cooldown > 0 ? `no offer for ${cooldown} more` : null, offers > 0 ? `${offers} of ${MAX_UNSOLICITED} offers made` : null].filter((one) => one !== null);
  return `Evidence ${score(evidence)}, an offer at ${score(bar)}${more.length > 0 ? `; ${more.join(', ')}` : ''}.`;
}
