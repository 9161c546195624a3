import { buildBase, type Lessons } from './base.ts';
import { chanceOf, fitLogistic } from './calibrate.ts';
import { FACTORS } from './evidence.ts';
import { rawFeatures } from './features.ts';
import { holdOut, type Trial } from './hold-out.ts';
import SINGLE_MEANT from './single-meant.json' with { type: 'json' };
import SINGLE from './single.json' with { type: 'json' };
import { createModel, type Calibration, type Entry, type Model } from './model.ts';

/**
 * @property chance 0 to 1, seeded by the caller so that the same base gives the same model
 * @property calibration of the base as it was before an edit: the preliminary model uses it
 */
export interface TrainOptions { chance: () => number; calibration?: Calibration }
/** What training gives on its way. @property preliminary a model that answers already, not yet calibrated on this very base */
export interface Progress { preliminary?: Model }

/** What common words count: where phrasings are few, their rarity cannot be learnt from the base. */
const STOP_WEIGHT = { single: 0.35, several: 1 };
/** A base with more phrasings teaches other words for the same by itself. */
const SEARCHED_MAX = 2_000;
/** How often a question is assumed to have no answer here; only the calibrated chance depends on it, not the threshold. */
const OUT_OF_SCOPE_SHARE = 0.3;
/** Fewer trials of either kind teach nothing. */
const TRIALS_MIN = 8;
/** Trials are worth as much as this many at most, against the ridge. */
const TRIALS_WORTH = 1_000;
/** How long training may keep the event loop, in ms. */
const SLICE_MS = 15;
/**
 * Where entries have one phrasing each there is none to hold out, and where entries are few there is nothing to try them
 * on: then evidence is worth what it is worth in other knowledge bases (tests/bench/detect/train-single.ts).
 */
const ELSEWHERE: Record<'said' | 'meant', Calibration> = { said: SINGLE, meant: SINGLE_MEANT };

function lessonsOf(entries: readonly Entry[], single: boolean, total: number): Lessons {
  const stopWeight = single ? STOP_WEIGHT.single : STOP_WEIGHT.several;
  return {
    stopWeight, searches: total <= SEARCHED_MAX,
    texts: entries.map(({ text, meanings }) => (text ? { text, raw: rawFeatures(text, stopWeight, meanings?.text) } : null)),
    phrasings: entries.flatMap(({ phrasings, meanings }, label) => phrasings.map((text, at) => ({ text, label, raw: rawFeatures(text, stopWeight, meanings?.phrasings[at]) }))),
  };
}

/** Yields every few milliseconds of work. Small bases take well under a second, 150 entries of 100 phrasings some 20 s. */
export function* trainSteps(entries: readonly Entry[], { chance, calibration }: TrainOptions): Generator<Progress | void, Model> {
  const total = entries.reduce((sum, one) => sum + one.phrasings.length, 0);
  const single = total < 2 * entries.length;
  const lessons = lessonsOf(entries, single, total);
  yield;
  const base = yield* buildBase(lessons, chance);
  const elsewhere = ELSEWHERE[base.meanings ? 'meant' : 'said'];
  if (single) return createModel({ entries, base, single, calibration: elsewhere });
  const known = calibration?.logistic.weights.length === FACTORS.length ? calibration : elsewhere;
  yield { preliminary: createModel({ entries, base, single, calibration: known }) };
  const trials = yield* holdOut(lessons, single, chance);
  return createModel({ entries, base, single, calibration: calibrated(trials) ?? elsewhere });
}

/** Null: there is too little to try it on. */
function calibrated(trials: readonly Trial[]): Calibration | null {
  const foreign = trials.filter((one) => one.kind === 'foreign').length;
  const own = trials.length - foreign;
  if (Math.min(foreign, own) < TRIALS_MIN) return null;
  const worth = Math.min(TRIALS_WORTH, trials.length);
  const samples = trials.map(({ kind, factors }) => ({ factors, holds: kind === 'right', weight: worth * (kind === 'foreign' ? OUT_OF_SCOPE_SHARE / foreign : (1 - OUT_OF_SCOPE_SHARE) / own) }));
  const logistic = fitLogistic(samples, 1);
  const inScope = trials.filter((one) => one.kind !== 'foreign').map((one) => chanceOf(logistic, one.factors)).sort((one, other) => one - other);
  return { logistic, inScope };
}

export function train(entries: readonly Entry[], options: TrainOptions): Model {
  const steps = trainSteps(entries, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same, giving the event loop back again and again.
 * @param onPreliminary gets a model that answers already
 * @param signal ends it early with the signal's reason
 */
export async function trainInSlices(entries: readonly Entry[], options: TrainOptions, onPreliminary: (model: Model) => void, signal: AbortSignal): Promise<Model> {
  const steps = trainSteps(entries, options);
  for (let since = performance.now(); ;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (step.value?.preliminary) onPreliminary(step.value.preliminary);
    if (performance.now() - since < SLICE_MS) continue;
    await new Promise<void>((resolve) => { setImmediate(resolve); });
    signal.throwIfAborted();
    since = performance.now();
  }
}
