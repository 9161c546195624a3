import { isPerson, readings, type Found, type Reading } from './slots.ts';
import WEIGHTS from './weights.json' with { type: 'json' };

/** Words on either side of a person that are looked at. */
const REACH = 7;
/** People named in one part of a message that are looked at: nobody asks for more, and a flood of them costs time. */
const PEOPLE_MAX = 8;
/** What stands in another clause says nothing about this one: "I want a human, my stove leaks". */
const CLAUSE_END = /[.!?;:,\n。！？、，؟،।]/u;

const LAST_CLAUSE = new RegExp(`${CLAUSE_END.source}[^${CLAUSE_END.source.slice(1, -1)}]*$`, 'u');

export type Weights = Readonly<Record<string, number>>;
/** A person named in the text. @property features roles of the words around them, never the words; @property evidence those words */
export interface Candidate { features: string[]; evidence: string }

/** @param said as `plain` gives it */
export function candidates(said: string): Candidate[] {
  return readings(said).flatMap((reading) => reading.found.filter(isPerson).slice(0, PEOPLE_MAX).map((person) => candidate(reading, person)));
}

function candidate(reading: Reading, person: Found): Candidate {
  const { found, said } = reading;
  const from = said.slice(0, person.from).search(LAST_CLAUSE) + 1;
  const end = said.slice(person.to).search(CLAUSE_END);
  const to = end < 0 ? said.length : person.to + end;
  const near = found.filter((one) => one.from >= from && one.to <= to && Math.abs(one.word - person.word) <= REACH);
  const [before, after] = [near.filter((one) => one.from < person.from), near.filter((one) => one.from > person.from)];
  const clause = { words: reading.wordsIn(from, to), isQuestion: /[?？؟]/u.test(said[to] ?? '') };
  return { features: featuresOf(clause, person, before, after), evidence: said.slice(near[0]?.from, near.at(-1)?.to).trim() };
}

const gapOf = (words: number): string => (words <= 1 ? '1' : words <= 3 ? '3' : '7');
const lengthOf = (words: number): string => (words <= 1 ? '1' : words <= 2 ? '2' : words <= 4 ? '4' : words <= 8 ? '8' : 'more');

/** Which roles stand before and after, in which order and how far; and, as languages differ in order, which stand near at all. */
function featuresOf({ words, isQuestion }: { words: number; isQuestion: boolean }, person: Found, before: readonly Found[], after: readonly Found[]): string[] {
  const features = new Set<string>([person.slot, `${person.slot} of ${lengthOf(words)}`]);
  for (const [side, others] of [['before', before.toReversed()], ['after', after]] as const) {
    const order = others.map(({ slot }) => slot);
    features.add(`${person.slot} ${side} ${order[0] ?? '-'}`);
    features.add(`${side} ${order.slice(0, 2).join(' ') || '-'}`);
    if (order.length > 2) features.add(`${side} ${order.slice(0, 3).join(' ')}`);
    for (const other of others) {
      features.add(`${side} ${other.slot} ${gapOf(Math.abs(other.word - person.word))}`);
      features.add(`near ${other.slot}`);
      features.add(`${person.slot} near ${other.slot}`);
    }
  }
  const near = [...new Set([...before, ...after].map(({ slot }) => slot))].sort();
  near.forEach((slot, at) => near.slice(at + 1).forEach((other) => features.add(`both ${slot} ${other}`)));
  if (near.length === 0) features.add(`alone of ${lengthOf(words)}`);
  if (isQuestion) features.add('question');
  return [...features];
}

/** Logistic regression. @returns chance that the candidate is asked for, 0 to 1 */
export function chance(weights: Weights, features: readonly string[]): number {
  return 1 / (1 + Math.exp(-features.reduce((sum, feature) => sum + (weights[feature] ?? 0), weights[''] ?? 0)));
}

/** @property chance that the text asks for a person, 0 to 1; @property isContradicted whether a refusal or the past is near somebody it names */
export interface Heard { chance: number; evidence: string; isContradicted: boolean }

const CONTRADICTIONS: readonly string[] = ['near past', 'near refuse'];

/** What the text's likeliest request is, by the weights that `npm run train:request` wrote; null when it names nobody. */
export function hear(said: string): Heard | null {
  const heard = candidates(said).map(({ features, evidence }) => ({ evidence, chance: chance(WEIGHTS, features), isContradicted: CONTRADICTIONS.some((one) => features.includes(one)) }));
  const [first, ...others] = heard;
  if (!first) return null;
  const best = others.reduce((one, other) => (other.chance > one.chance ? other : one), first);
  return { ...best, isContradicted: heard.some((one) => one.isContradicted) };
}
