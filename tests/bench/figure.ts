/** One line of the report: a number, what it is held against, and whether the aim was met. */
export interface Figure { name: string; value: number; unit: string; floor?: number; ratio?: number; aim: string; met: boolean }

const round = (value: number): number => Number(value.toPrecision(4));

/** Held against an absolute aim: `value` must not exceed `most`. */
export function atMost(name: string, value: number, unit: string, most: number): Figure {
  return { name, value: round(value), unit, aim: `<= ${most} ${unit}`, met: value <= most };
}

/** Held against the bare floor of the same run. @param better whether a high ratio (throughput) or a low one (cost) is good */
export function againstFloor(name: string, value: number, floor: number, unit: string, better: 'higher' | 'lower', aim: number): Figure {
  const ratio = value / floor;
  const met = better === 'higher' ? ratio >= aim : ratio <= aim;
  return { name, value: round(value), unit, floor: round(floor), ratio: round(ratio), aim: `${better === 'higher' ? '>=' : '<='} ${aim} x floor`, met };
}

/** The p-th percentile (0 to 100) of an unsorted list. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((p / 100) * sorted.length))] ?? Number.NaN;
}

export const print = (figure: Figure): void => { process.stdout.write(`${JSON.stringify(figure)}\n`); };
