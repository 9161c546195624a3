import { isStopWord, words } from '../words.ts';
import { buildBase, lookAt, type Base, type Lessons } from './base.ts';
import { weighViews } from './evidence.ts';
import { rawFeatures, type Meaning, type RawFeatures } from './features.ts';
import { shuffle } from './softmax.ts';

/** What a base that had never seen a phrasing made of it. `foreign`: it had never seen its entry either, a stand-in for out of scope. */
export interface Trial { kind: 'right' | 'wrong' | 'foreign'; factors: readonly number[] }

const FOLDS = 5;
/** A big base is seen well enough in part of its folds, and each costs a training. */
const PHRASINGS_FOR_ALL_FOLDS = 3_000;
const FOLDS_OF_BIG = 2;
const TRIALS_A_SLICE = 16;

/** Which fold leaves out which entry and which phrasing. @property alone the entries with one phrasing */
interface Plan { foreignIn: number[]; heldIn: number[]; alone: boolean[] }

/** Holds out a fifth of the entries, and a fifth of the phrasings of the others, in turn. */
export function* holdOut(lessons: Lessons, single: boolean, chance: () => number): Generator<void, Trial[]> {
  const plan = planFolds(lessons, chance);
  const trials: Trial[] = [];
  const folds = lessons.phrasings.length > PHRASINGS_FOR_ALL_FOLDS ? FOLDS_OF_BIG : FOLDS;
  for (let fold = 0; fold < folds; fold++) yield* tryFold(lessons, single, plan, fold, chance, trials);
  return trials;
}

function planFolds({ phrasings, texts }: Lessons, chance: () => number): Plan {
  const shuffled = (count: number): number[] => { const order = Array.from({ length: count }, (_, at) => at); shuffle(order, chance); return order; };
  const foreignIn = new Array<number>(texts.length).fill(0);
  shuffled(texts.length).forEach((label, at) => { foreignIn[label] = at % FOLDS; });
  const counts = new Array<number>(texts.length).fill(0);
  const heldIn = new Array<number>(phrasings.length).fill(0);
  for (const at of shuffled(phrasings.length)) {
    const label = phrasings[at]?.label ?? 0;
    heldIn[at] = (counts[label] ?? 0) % FOLDS;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return { foreignIn, heldIn, alone: counts.map((count) => count === 1) };
}

function* tryFold(lessons: Lessons, single: boolean, { foreignIn, heldIn, alone }: Plan, fold: number, chance: () => number, trials: Trial[]): Generator<void, void> {
  const { phrasings, texts, stopWeight, searches } = lessons;
  const isForeign = (label: number): boolean => foreignIn[label] === fold;
  const isHeld = (at: number): boolean => !alone[phrasings[at]?.label ?? 0] && heldIn[at] === fold;
  const kept = phrasings.filter((one, at) => !isForeign(one.label) && !isHeld(at));
  const labels = [...new Set(kept.map((one) => one.label))];
  if (labels.length < 2) return;
  const renumbered = new Map(labels.map((label, at) => [label, at]));
  const base = yield* buildBase({ stopWeight, searches, phrasings: kept.map((one) => ({ ...one, label: renumbered.get(one.label) ?? 0 })), texts: labels.map((label) => texts[label] ?? null) }, chance);
  for (const [at, one] of phrasings.entries()) {
    const mine = renumbered.get(one.label);
    if (isForeign(one.label) || isHeld(at)) trials.push(...tried(base, single, one, mine));
    else if (alone[one.label]) {
      const text = reworded(one.text, chance);
      trials.push(...tried(base, single, { text, raw: rawFeatures(text, stopWeight, blurred(one.raw.meaning, chance)) }, mine));
    }
    if (at % TRIALS_A_SLICE === 0) yield;
  }
}

function tried(base: Base, single: boolean, { text, raw }: { text: string; raw: RawFeatures }, label: number | undefined): Trial[] {
  const seen = weighViews(lookAt(base, text, raw), single);
  return seen ? [{ kind: label === undefined ? 'foreign' : seen.label === label ? 'right' : 'wrong', factors: seen.factors }] : [];
}

/** A word no base knows. */
const UNKNOWN = ['qzxj', 'vvkq', 'jxwz', 'zqkv'];
/** Share of the words a rewording keeps, drawn anew for each: from nearly the same to hardly a word of it. */
const KEPT = { least: 0.1, most: 1 };
/** A word that goes is as often replaced as left out. */
const REPLACED = 0.5;

/** As a visitor might ask the same, where an entry has one phrasing and none can be held out. */
export function reworded(text: string, chance: () => number): string {
  const said: string[] = [];
  const share = KEPT.least + (KEPT.most - KEPT.least) * chance();
  for (const word of words(text)) {
    if (chance() < (isStopWord(word) ? 0.5 : share)) said.push(word);
    else if (chance() < REPLACED) said.push(UNKNOWN[Math.floor(chance() * UNKNOWN.length)] ?? '');
  }
  return said.join(' ');
}

/** Cosine between what two people mean by the same question: from hardly related to word for word. */
const MEANT_ALIKE = { least: 0.3, most: 1 };

/** The meaning of other words for the same: as far away as such words are, in a direction of its own. */
function blurred(meaning: Meaning | undefined, chance: () => number): Meaning | undefined {
  if (!meaning) return undefined;
  const alike = MEANT_ALIKE.least + (MEANT_ALIKE.most - MEANT_ALIKE.least) * chance();
  const other = meaning.map(() => chance() + chance() + chance() - 1.5);
  const along = other.reduce((sum, one, at) => sum + one * (meaning[at] ?? 0), 0);
  const across = other.map((one, at) => one - along * (meaning[at] ?? 0));
  const length = Math.hypot(...across);
  return meaning.map((one, at) => alike * one + Math.sqrt(1 - alike * alike) * (across[at] ?? 0) / length);
}
