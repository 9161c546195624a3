import type { Sparse } from './features.ts';

/** Weights a model may hold, 4 bytes each: features seen least often are left out until they fit. */
const WEIGHTS_MAX = 5_000_000;
/** A small step stops before the training phrasings are learnt by heart, which keeps strange texts doubtful. */
const RATE = 0.2;
/** Classes whose probability is off by less are not moved: most of the work of an epoch. */
const NEGLIGIBLE = 0.002;
/** Multiplications between two pauses: a few ms. */
const SLICE = 2_000_000;

export interface Softmax { classes: number; rowOf: Int32Array; weights: Float32Array }
export interface Example { vector: Sparse; label: number }

/** Multinomial logistic regression by AdaGrad with one step size for each feature. Yields every few milliseconds of work. */
export function* trainSoftmax(examples: readonly Example[], classes: number, features: number, chance: () => number): Generator<void, Softmax> {
  const { rowOf, rowCount } = yield* rows(examples, classes, features);
  const model: Softmax = { classes, rowOf, weights: new Float32Array(rowCount * classes) };
  const history = new Float32Array(rowCount).fill(1e-3);
  const order = examples.map((_, at) => at);
  let work = 0;
  for (let epoch = 0; epoch < epochsFor(examples.length); epoch++) {
    shuffle(order, chance);
    for (const at of order) {
      const one = examples[at];
      if (!one) continue;
      step(model, history, one);
      work += one.vector.ids.length * classes;
      if (work > SLICE) { work = 0; yield; }
    }
  }
  return model;
}

/** A big base gains a little from more; a small one does not (detection.md). */
const epochsFor = (count: number): number => (count < 3_000 ? 8 : 16);

/** Row of weights for each feature, -1 for none. */
function* rows(examples: readonly Example[], classes: number, features: number): Generator<void, { rowOf: Int32Array; rowCount: number }> {
  const counts = new Int32Array(features);
  for (const { vector } of examples) for (const id of vector.ids) counts[id] = (counts[id] ?? 0) + 1;
  for (let least = 1; ; least++) {
    yield;
    let rowCount = 0;
    const rowOf = counts.map((count) => (count >= least ? rowCount++ : -1));
    if (rowCount * classes <= WEIGHTS_MAX) return { rowOf, rowCount };
  }
}

function step(model: Softmax, history: Float32Array, { vector, label }: Example): void {
  const { classes, rowOf, weights } = model;
  const errors = probabilities(model, vector);
  errors[label] = (errors[label] ?? 0) - 1;
  const moved: number[] = [];
  let size = 0;
  for (let c = 0; c < classes; c++) {
    const error = errors[c] ?? 0;
    if (Math.abs(error) < NEGLIGIBLE) continue;
    moved.push(c);
    size += error * error;
  }
  for (let at = 0; at < vector.ids.length; at++) {
    const row = rowOf[vector.ids[at] ?? 0] ?? -1;
    const value = vector.values[at] ?? 0;
    if (row < 0) continue;
    const past = (history[row] ?? 0) + value * value * size;
    history[row] = past;
    const rate = (RATE * value) / Math.sqrt(past);
    for (const c of moved) weights[row * classes + c] = (weights[row * classes + c] ?? 0) - rate * (errors[c] ?? 0);
  }
}

export function logits({ classes, rowOf, weights }: Softmax, vector: Sparse): Float32Array {
  const sums = new Float32Array(classes);
  for (let at = 0; at < vector.ids.length; at++) {
    const row = rowOf[vector.ids[at] ?? 0] ?? -1;
    if (row < 0) continue;
    const value = vector.values[at] ?? 0;
    const from = row * classes;
    for (let c = 0; c < classes; c++) sums[c] = (sums[c] ?? 0) + value * (weights[from + c] ?? 0);
  }
  return sums;
}

/** In place of the logits. */
export function normalise(sums: Float32Array): Float32Array {
  let most = -Infinity;
  for (const one of sums) if (one > most) most = one;
  let total = 0;
  for (let c = 0; c < sums.length; c++) total += sums[c] = Math.exp((sums[c] ?? 0) - most);
  for (let c = 0; c < sums.length; c++) sums[c] = (sums[c] ?? 0) / total;
  return sums;
}

const probabilities = (model: Softmax, vector: Sparse): Float32Array => normalise(logits(model, vector));

export function shuffle(order: number[], chance: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(chance() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
}
