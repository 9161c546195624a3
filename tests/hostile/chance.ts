/** Chance that can be repeated: the same seed gives the same inputs. */
export interface Chance {
  /** 0 ≤ x < n, whole. */
  below(n: number): number;
  pick<T>(from: readonly T[]): T;
  /** True once in `n` times. */
  oneIn(n: number): boolean;
}

/** A small generator of 32 bits of state; good enough to make inputs, never for secrets. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e37_79b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const below = (n: number): number => next() % n;
  return { below, oneIn: (n) => below(n) === 0, pick: <T>(from: readonly T[]) => from[below(from.length)] as T };
}
