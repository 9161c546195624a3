/** Logistic regression over a few factors, each of which can only speak for. */
export interface Logistic { mean: number[]; scale: number[]; weights: number[]; bias: number }
export interface Sample { factors: readonly number[]; holds: boolean; weight: number }

const ROUNDS = 25;

/**
 * A factor that would count against is left out: on held-out entries, close cousins of what is known, such a weight pays,
 * and texts from elsewhere then look good (detection.md).
 * @param ridge how strongly weights are held near zero, in samples
 */
export function fitLogistic(samples: readonly Sample[], ridge: number): Logistic {
  const left = new Set<number>();
  for (;;) {
    const fitted = fitFreely(samples.map((one) => ({ ...one, factors: one.factors.map((value, k) => (left.has(k) ? 0 : value)) })), ridge);
    const worst = fitted.weights.findIndex((weight) => weight < -1e-9);
    if (worst < 0) return fitted;
    left.add(worst);
  }
}

/** By Newton's method. */
function fitFreely(samples: readonly Sample[], ridge: number): Logistic {
  const width = samples[0]?.factors.length ?? 0;
  const mean = Array.from({ length: width }, (_, k) => average(samples.map((one) => one.factors[k] ?? 0)));
  const scale = Array.from({ length: width }, (_, k) => Math.sqrt(average(samples.map((one) => ((one.factors[k] ?? 0) - (mean[k] ?? 0)) ** 2))) || 1);
  const rows = samples.map((one) => [1, ...one.factors.map((value, k) => (value - (mean[k] ?? 0)) / (scale[k] ?? 1))]);
  let solution = new Array<number>(width + 1).fill(0);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = solution.map((one, k) => (k === 0 ? 0 : -ridge * one));
    const hessian = solution.map((_, k) => solution.map((__, l) => (k === l ? (k === 0 ? 1e-6 : ridge) : 0)));
    samples.forEach(({ holds, weight }, at) => {
      const row = rows[at] ?? [];
      const chance = sigmoid(dot(row, solution));
      const spread = weight * Math.max(1e-6, chance * (1 - chance));
      for (let k = 0; k <= width; k++) {
        const mine = row[k] ?? 0;
        gradient[k] = (gradient[k] ?? 0) + weight * ((holds ? 1 : 0) - chance) * mine;
        const line = hessian[k] ?? [];
        for (let l = 0; l <= width; l++) line[l] = (line[l] ?? 0) + spread * mine * (row[l] ?? 0);
      }
    });
    const move = solve(hessian, gradient);
    solution = solution.map((one, k) => one + Math.max(-2, Math.min(2, move[k] ?? 0)));
    if (Math.max(...move.map(Math.abs)) < 1e-6) break;
  }
  return { mean, scale, weights: solution.slice(1), bias: solution[0] ?? 0 };
}

export function chanceOf({ mean, scale, weights, bias }: Logistic, factors: readonly number[]): number {
  return sigmoid(factors.reduce((sum, value, k) => sum + ((value - (mean[k] ?? 0)) / (scale[k] ?? 1)) * (weights[k] ?? 0), bias));
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
const average = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
const dot = (one: readonly number[], other: readonly number[]): number => one.reduce((sum, value, k) => sum + value * (other[k] ?? 0), 0);

/** Gaussian elimination; the matrix is symmetric and made positive by the ridge. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, k) => [...row, right[k] ?? 0]);
  const size = rows.length;
  for (let k = 0; k < size; k++) {
    const pivot = rows[k] ?? [];
    for (let below = k + 1; below < size; below++) {
      const row = rows[below] ?? [];
      const share = (row[k] ?? 0) / (pivot[k] || 1e-9);
      for (let l = k; l <= size; l++) row[l] = (row[l] ?? 0) - share * (pivot[l] ?? 0);
    }
  }
  const found = new Array<number>(size).fill(0);
  for (let k = size - 1; k >= 0; k--) {
    const row = rows[k] ?? [];
    const rest = (row[size] ?? 0) - dot(row.slice(k + 1, size), found.slice(k + 1));
    found[k] = rest / (row[k] || 1e-9);
  }
  return found;
}
