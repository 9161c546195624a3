/** What was made of one row. @property gold, best labels, null: out of scope; `best` is the likeliest entry whether or not it is taken. @property score chance that `best` answers */
export interface Prediction { text: string; gold: string | null; best: string | null; score: number }

const share = (part: number, whole: number): number => (whole === 0 ? Number.NaN : part / whole);
const count = <T>(of: readonly T[], holds: (one: T) => boolean): number => of.reduce((sum, one) => sum + (holds(one) ? 1 : 0), 0);

/** The label that is given at a threshold. */
export const given = ({ best, score }: Prediction, threshold: number): string | null => (score >= threshold ? best : null);

/** Right labels among the rows in scope, when none may be turned away. */
export function closedAccuracy(all: readonly Prediction[]): number {
  const own = all.filter((one) => one.gold !== null);
  return share(count(own, (one) => one.best === one.gold), own.length);
}

/** @property inScope share of rows in scope with their label; @property recall, precision of out of scope */
export function atThreshold(all: readonly Prediction[], threshold: number): { inScope: number; recall: number; precision: number } {
  const own = all.filter((one) => one.gold !== null);
  const foreign = all.length - own.length;
  const refused = all.filter((one) => given(one, threshold) === null);
  const rightly = count(refused, (one) => one.gold === null);
  return { inScope: share(count(own, (one) => given(one, threshold) === one.gold), own.length), recall: share(rightly, foreign), precision: share(rightly, refused.length) };
}

/** The threshold with most labels right, out of scope being one of them (Larson et al. 2019, "oos-threshold"). */
export function bestThreshold(all: readonly Prediction[]): number {
  const sorted = [...all].sort((one, other) => one.score - other.score);
  // Below every score, nothing is refused; each step up refuses one row more.
  let right = count(all, (one) => one.best === one.gold);
  let [most, threshold] = [right, 0];
  sorted.forEach((one, at) => {
    right += (one.gold === null ? 1 : 0) - (one.best === one.gold ? 1 : 0);
    const next = sorted[at + 1]?.score ?? 1.000_001;
    if (right > most && next > one.score) [most, threshold] = [right, (one.score + Math.min(1, next)) / 2];
  });
  return threshold;
}

/** Chance that a row in scope scores above one out of scope; ties count half. */
export function auroc(all: readonly Prediction[]): number {
  const sorted = [...all].sort((one, other) => one.score - other.score);
  let [rankSum, own] = [0, 0];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to++;
    for (let at = from; at < to; at++) if (sorted[at]?.gold !== null) { rankSum += (from + 1 + to) / 2; own++; }
  }
  return share(rankSum - (own * (own + 1)) / 2, own * (all.length - own));
}

/** Matthews correlation of given and gold labels, out of scope being one (Gorodkin's R_K; two labels give the usual MCC). */
export function mcc(all: readonly Prediction[], threshold: number): number {
  const [golds, guesses] = [new Map<string | null, number>(), new Map<string | null, number>()];
  let right = 0;
  for (const one of all) {
    const guess = given(one, threshold);
    golds.set(one.gold, (golds.get(one.gold) ?? 0) + 1);
    guesses.set(guess, (guesses.get(guess) ?? 0) + 1);
    if (guess === one.gold) right++;
  }
  const n = all.length;
  const squares = (of: Map<string | null, number>): number => [...of.values()].reduce((sum, one) => sum + one * one, 0);
  const crossed = [...golds].reduce((sum, [label, times]) => sum + times * (guesses.get(label) ?? 0), 0);
  const spread = Math.sqrt((n * n - squares(guesses)) * (n * n - squares(golds)));
  return spread === 0 ? 0 : (right * n - crossed) / spread;
}

/** F1 of out of scope, and the mean F1 of the labels. */
export function f1(all: readonly Prediction[], threshold: number): { open: number; known: number } {
  const tally = new Map<string | null, { hit: number; gold: number; given: number }>();
  const of = (label: string | null): { hit: number; gold: number; given: number } => tally.get(label) ?? tally.set(label, { hit: 0, gold: 0, given: 0 }).get(label)!;
  for (const one of all) {
    const guess = given(one, threshold);
    of(one.gold).gold++;
    of(guess).given++;
    if (guess === one.gold) of(guess).hit++;
  }
  const score = (label: string | null): number => { const { hit, gold, given: times } = of(label); return gold + times === 0 ? 0 : (2 * hit) / (gold + times); };
  const labels = [...tally.keys()].filter((label) => label !== null);
  return { open: score(null), known: share(labels.reduce((sum, label) => sum + score(label), 0), labels.length) };
}

const BINS = 15;
/** How far the score is from the share that is right, over 15 bins of equal width (expected calibration error). */
export function calibrationError(all: readonly Prediction[]): number {
  const bins = Array.from({ length: BINS }, () => ({ n: 0, score: 0, right: 0 }));
  for (const one of all) {
    const bin = bins[Math.min(BINS - 1, Math.floor(one.score * BINS))]!;
    bin.n++;
    bin.score += one.score;
    if (one.best === one.gold) bin.right++;
  }
  return share(bins.reduce((sum, bin) => sum + Math.abs(bin.score - bin.right), 0), all.length);
}
