/** At least this alike (shared character pairs, Dice) is taken for a misspelling or another form of a word. */
const ALIKE = 0.68;
const MIN_LENGTH = 4;
const LENGTH_OFF = 3;

/** Words by their first letter, which is seldom wrong. */
export type FuzzyVocabulary = ReadonlyMap<string, readonly string[]>;

export function buildVocabulary(words: Iterable<string>): FuzzyVocabulary {
  const byLetter = new Map<string, string[]>();
  for (const word of words) {
    if (word.length < MIN_LENGTH) continue;
    const known = byLetter.get(word[0] ?? '');
    if (known) known.push(word); else byLetter.set(word[0] ?? '', [word]);
  }
  return byLetter;
}

/** Words of the vocabulary a word may have been meant as, with how far the match counts. */
export function fuzzy(word: string, vocabulary: FuzzyVocabulary): { word: string; quality: number }[] {
  if (word.length < MIN_LENGTH) return [];
  const pairs = pairsOf(word);
  const found: { word: string; quality: number }[] = [];
  for (const other of vocabulary.get(word[0] ?? '') ?? []) {
    if (Math.abs(other.length - word.length) > LENGTH_OFF) continue;
    const quality = swapped(word, other) ? 0.9 : dice(pairs, pairsOf(other));
    if (quality >= ALIKE) found.push({ word: other, quality });
  }
  return found;
}

/** The same letters in another order differ by a slip of the fingers. */
const swapped = (one: string, other: string): boolean => one.length === other.length && one.at(-1) === other.at(-1) && [...one].sort().join('') === [...other].sort().join('');

const pairsOf = (word: string): string[] => Array.from({ length: word.length + 1 }, (_, at) => `^${word}$`.slice(at, at + 2));

function dice(one: readonly string[], other: readonly string[]): number {
  const left = [...other];
  let shared = 0;
  for (const pair of one) {
    const at = left.indexOf(pair);
    if (at >= 0) { left.splice(at, 1); shared += 1; }
  }
  return (2 * shared) / (one.length + other.length);
}
