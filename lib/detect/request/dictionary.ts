import { ASIAN } from './lexicon-asian.ts';
import { EUROPEAN } from './lexicon-european.ts';
import { SLOTS, type Slot } from './lexicon.ts';

/** What a phrase means, by language. */
type Meanings = Map<string, Slot>;
export const LANGUAGES: readonly string[] = [...Object.keys(EUROPEAN), ...Object.keys(ASIAN)];
/** Their words are not set apart. */
export const UNSPACED: readonly string[] = ['zh', 'ja'];

/** All lexicons in one, so that a word is looked up once and not once for each language. */
const [whole, begun, run] = [new Map<string, Meanings>(), new Map<string, Meanings>(), new Map<string, Meanings>()];
for (const [language, lexicon] of Object.entries({ ...EUROPEAN, ...ASIAN })) {
  for (const slot of SLOTS) {
    for (const item of lexicon[slot].split(' ')) {
      const phrase = item.replace('*', '').replaceAll('_', ' ');
      const to = UNSPACED.includes(language) ? run : item.endsWith('*') ? begun : whole;
      const meanings = to.get(phrase) ?? to.set(phrase, new Map()).get(phrase)!;
      if (!meanings.has(language)) meanings.set(language, slot);
    }
  }
}
const longest = (of: Map<string, Meanings>): number => Math.max(...[...of.keys()].map((phrase) => phrase.length));
/** Of a stem, and of a phrase that stands among others without a space, in characters. */
const [BEGUN_MAX, RUN_MAX] = [longest(begun), longest(run)];
/** Words of the longest phrase. */
export const PHRASE_MAX = Math.max(...[...whole.keys()].map((phrase) => phrase.split(' ').length));

/** What a whole word or phrase means to each language; a longer stem outdoes a shorter one, and the phrase itself any stem. */
export function meaningsOf(phrase: string): Meanings | null {
  let found: Meanings | null = null;
  // A stem reaches into the last word, or it would mean the first of them alone.
  for (let length = Math.min(phrase.length, BEGUN_MAX), least = phrase.lastIndexOf(' ') + 1; length > least; length--) {
    const meanings = begun.get(phrase.slice(0, length));
    if (meanings) found = found ? new Map([...meanings, ...found]) : meanings;
  }
  const exact = whole.get(phrase);
  return exact && found ? new Map([...found, ...exact]) : exact ?? found;
}

/** The longest phrase of a language without spaces that begins at this place. */
export function runAt(said: string, at: number, language: string): { slot: Slot; length: number } | null {
  for (let length = Math.min(RUN_MAX, said.length - at); length > 0; length--) {
    const slot = run.get(said.slice(at, at + length))?.get(language);
    if (slot) return { slot, length };
  }
  return null;
}
