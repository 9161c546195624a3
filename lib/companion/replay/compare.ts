import type { Decided, DifferenceKind } from '#lib/protocol/replay.ts';

/** What came of one thing the visitor did. `shown`: what they would read, one text or event each. */
export interface Outcome { decided: Decided; shown: readonly string[] }
/** Null: by then the team would have the conversation, and the bot is not asked. */
export interface Pair { saved: Outcome | null; changed: Outcome | null }
export interface Found { at: number; kind: DifferenceKind }

type Person = 'none' | 'offer' | 'escalate';
const personOf = (outcome: Outcome | null): Person => (outcome?.decided.action === 'offer' || outcome?.decided.action === 'escalate' ? outcome.decided.action : 'none');
const reaches = (outcomes: readonly (Outcome | null)[], person: Person): boolean => outcomes.some((one) => personOf(one) === person);

/**
 * What changed settings make of a stretch. From the first difference about a person on, the visitor would have gone
 * another way than they did, so what they wrote then says no more about these settings: nothing after it is a difference.
 */
export function compare(pairs: readonly Pair[]): Found[] {
  const parted = pairs.findIndex(({ saved, changed }) => personOf(saved) !== personOf(changed));
  const together = parted < 0 ? pairs : pairs.slice(0, parted);
  const answers = together.flatMap(({ saved, changed }, at): Found[] => (isSame(saved, changed) ? [] : [{ at, kind: 'answer' }]));
  return parted < 0 ? answers : [...answers, { at: parted, kind: partingOf(pairs.slice(parted)) }];
}

const isSame = (one: Outcome | null, other: Outcome | null): boolean => JSON.stringify(one?.shown ?? null) === JSON.stringify(other?.shown ?? null);

/** @param pairs from the difference on */
function partingOf(pairs: readonly Pair[]): DifferenceKind {
  const [first, ...rest] = pairs;
  const [saved, changed] = [personOf(first?.saved ?? null), personOf(first?.changed ?? null)];
  const later = { saved: rest.map((one) => one.saved), changed: rest.map((one) => one.changed) };
  if (changed === 'escalate') return reaches(later.saved, 'escalate') ? 'sooner' : 'escalate';
  if (saved === 'escalate') return reaches(later.changed, 'escalate') ? 'later' : 'no_escalate';
  if (changed === 'offer') return reaches(later.saved, 'offer') ? 'sooner' : 'offer';
  return reaches(later.changed, 'offer') ? 'later' : 'no_offer';
}
