import { informative } from './words.ts';

/** At least this alike is the same question again (reference/detection.md section 6). */
export const SAME = 0.85;
/** At least this alike is the same question in other words, when it follows our answer. */
export const REPHRASED = 0.5;

/** How alike two questions are, 0 to 1: shared informative words over all of them (Dice). */
export function similarity(one: string, other: string): number {
  const [a, b] = [new Set(informative(one)), new Set(informative(other))];
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}

/**
 * Is this the same question again, word for word or rephrased?
 * @param earlier the visitor's earlier questions, oldest first; only the latest may have been rephrased
 */
export function isRepeated(text: string, earlier: readonly string[]): boolean {
  const last = earlier.at(-1);
  if (last !== undefined && similarity(text, last) >= REPHRASED) return true;
  return earlier.some((one) => similarity(text, one) >= SAME);
}
