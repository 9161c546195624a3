/** A generator of numbers in [0, 1) that depends on the seed alone. */
export interface Random {
  next(): number;
  /** A whole number, 0 ≤ n < below. */
  below(below: number): number;
  between(low: number, high: number): number;
  pick<T>(of: readonly T[]): T;
  /** A generator of its own for a part of the run: what one part draws changes no other. */
  child(name: string): Random;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ char.codePointAt(0)!, 0x01000193);
  return value >>> 0;
}

/** Weyl sequence with a murmur finaliser: small, and even enough to choose faults. */
export function createRandom(seed: number | string): Random {
  let state = hash(String(seed));
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next, below, between: (low, high) => low + below(high - low + 1),
    pick: (of) => of[below(of.length)]!, child: (name) => createRandom(`${seed}/${name}`),
  };
}
