import { look, type Base, type Views } from './base.ts';
import { partsOf } from './parts.ts';
import { chanceOf, type Logistic } from './calibrate.ts';
import type { Meaning } from './features.ts';
import { FACTORS, weighViews, type Evidence } from './evidence.ts';

/** An answer of a knowledge base. @property phrasings known ways to ask for it, at least its title; @property text what it says */
export interface Entry { id: string; phrasings: readonly string[]; text?: string;
  /** Of each phrasing and of the text, where there is an embedder. */
  meanings?: { phrasings: readonly Meaning[]; text?: Meaning } }

/** What a model makes of one text, with what a person needs to see why. */
export interface Verdict {
  /** The entry that answers, or null: better offer a person. */
  id: string | null;
  /** Calibrated chance that the best entry is right and the text in scope, 0 to 1. */
  answerable: number;
  /** `answerable` from here up is answered. */
  threshold: number;
  /** Best first, at most five; `probability` is among the entries, whether or not any of them fits. */
  ranked: { id: string; probability: number }[];
  /** The known phrasing that sounds most alike. @property similarity cosine, 0 to 1 */
  nearest: { id: string; phrasing: string; similarity: number } | null;
  factors: Partial<Record<(typeof FACTORS)[number], number>>;
}

export interface Model {
  classify(text: string, falseReject?: number, meaning?: Meaning): Verdict;
  /** The threshold at which this share (0 to 1) of the questions that have an answer is turned away: the slider "offer sooner / later". */
  thresholdFor(falseReject?: number): number;
  calibration: Calibration;
  /** Bytes of weights, roughly. */
  bytes: number;
}

/** One in eight answerable questions is asked back first; chosen on the development data (detection.md). */
export const FALSE_REJECT = 0.15;
/** Without anything to hold out: as good as a coin. */
const THRESHOLD_UNTRIED = 0.5;

/** How evidence becomes a chance. @property inScope what held-out questions with an answer scored, ascending */
export interface Calibration { logistic: Logistic; inScope: readonly number[] }
interface Parts { entries: readonly Entry[]; base: Base; single: boolean; calibration: Calibration }

interface Judged { views: Views; evidence: Evidence; answerable: number }

export function createModel({ entries, base, single, calibration }: Parts): Model {
  const { logistic, inScope } = calibration;
  const idOf = (label: number): string => entries[label]?.id ?? '';
  const thresholdFor = (falseReject = FALSE_REJECT): number => inScope[Math.min(inScope.length - 1, Math.floor(Math.max(0, Math.min(1, falseReject)) * inScope.length))] ?? THRESHOLD_UNTRIED;
  const judge = (text: string, meaning: Meaning | undefined): Judged | null => {
    const views = look(base, text, meaning);
    const evidence = weighViews(views, single);
    // Not a known word: the order of the entries is then chance.
    if (!evidence || !(views.nearest >= 0 || views.found?.covered[evidence.label])) return null;
    return { views, evidence, answerable: chanceOf(logistic, evidence.factors) };
  };
  return {
    thresholdFor, calibration,
    bytes: base.softmax.weights.byteLength + 8 * (base.neighbours.documents.length + base.bags.documents.length) + 60 * base.vocabulary.rarity.length,
    classify(text, falseReject = FALSE_REJECT, meaning) {
      const threshold = thresholdFor(falseReject);
      const [first, ...others] = partsOf(text).flatMap((part, at) => judge(part, at === 0 ? meaning : undefined) ?? []);
      if (!first) return { id: null, answerable: 0, threshold, ranked: [], nearest: null, factors: {} };
      const { views, evidence, answerable } = others.reduce((one, other) => (other.answerable > one.answerable ? other : one), first);
      const near = base.lessons.phrasings[views.nearest];
      return {
        id: answerable >= threshold ? idOf(evidence.label) : null, answerable, threshold,
        ranked: evidence.ranked.map(({ label, probability }) => ({ id: idOf(label), probability })),
        nearest: near ? { id: idOf(near.label), phrasing: near.text, similarity: views.similar[near.label] ?? 0 } : null,
        factors: Object.fromEntries(FACTORS.map((name, k) => [name, evidence.factors[k] ?? 0])),
      };
    },
  };
}
