import { assertNever } from '#lib/base/assert-never.ts';
import { decide } from '#lib/handoff/decide.ts';
import { GOOD_ANSWER } from '#lib/handoff/weigh.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';
import { unturned } from './words.ts';

/** Two decimals: enough to compare with a bar. */
const score = (value: number): string => value.toFixed(2);
const ENOUGH = { frustration: 0.7, wantsHuman: 0.5 };

/** What the bot did, as a person tells it afterwards. */
export function doneWords({ action, signals }: Pick<TurnRecord, 'action' | 'signals'>): string {
  const { answerable, smallTalk } = signals;
  switch (action) {
    case 'answer': return smallTalk || answerable >= GOOD_ANSWER.good ? 'Answered' : answerable >= GOOD_ANSWER.weak ? 'Answered, unsure' : 'Had no answer';
    case 'clarify': return 'Asked back';
    case 'offer': return 'Offered a person';
    case 'escalate': return 'Handed over to a person';
    case 'point': return 'Pointed at “Talk to a person”';
    case 'decline': return 'Said that there is no person here';
    case 'silent': return 'Said nothing';
    default: return assertNever(action);
  }
}

/** What was heard in the line, most telling first. Never empty. */
export function signalWords({ signals, engine, degraded }: Pick<TurnRecord, 'signals' | 'engine' | 'degraded'>): string[] {
  const { request, consent, policyHits, repeated, frustration, wantsHuman, promised, satisfied, smallTalk, answerable } = signals;
  const found: (string | false)[] = [
    request.strength !== 'none' && `${request.strength === 'explicit' ? 'asks for a person' : 'may be asking for a person'}${request.evidence ? `: “${unturned(request.evidence)}”` : ''}`,
    consent !== null && `says ${consent} to an offer, if one stands`,
    ...policyHits.map(({ words, act, by }) => (by === 'bot' ? `the bot asked to ${act === 'escalate' ? 'fetch' : 'offer'} a person` : `policy words “${words}”`)),
    repeated && 'the same question again', frustration >= ENOUGH.frustration && `frustration ${score(frustration)}`, wantsHuman >= ENOUGH.wantsHuman && `seems to want a person ${score(wantsHuman)}`,
    promised && 'the bot’s answer promised something and was not shown', satisfied && 'says that it helped', smallTalk && 'small talk',
    engine === null ? 'the bot was not asked, or did not answer in time' : !smallTalk && answerWords(answerable), degraded && 'the bot failed; the knowledge base answered instead',
  ];
  return found.filter((words) => words !== false);
}

function answerWords(answerable: number): string {
  if (answerable >= GOOD_ANSWER.good) return `a good answer (${score(answerable)})`;
  return answerable >= GOOD_ANSWER.weak ? `a weak answer (${score(answerable)})` : `no answer fits (${score(answerable)})`;
}

/** The meter after the turn. `decide` makes the same of the same record again. */
export function meterAfter({ meter, signals, handoff, at }: Pick<TurnRecord, 'meter' | 'signals' | 'handoff' | 'at'>): { evidence: number; bar: number } {
  const { evidence, bar } = decide(meter, { type: 'turn', signals }, handoff, at).meter;
  return { evidence, bar };
}
export const evidenceWords = ({ evidence, bar }: { evidence: number; bar: number }): string => `Evidence ${score(evidence)}, an offer at ${score(bar)}`;
