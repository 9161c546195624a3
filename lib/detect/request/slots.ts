import { LANGUAGES, meaningsOf, PHRASE_MAX, runAt, UNSPACED } from './dictionary.ts';
import type { Slot } from './lexicon.ts';

/** A word of the text in its role. @property from, to its place in the text; @property word, last how many words stand before its first and its last */
export interface Found { slot: Slot; from: number; to: number; word: number; last: number }
/** A text as one language reads it. */
export interface Reading { language: string; found: Found[]; said: string; wordsIn: (from: number, to: number) => number }

/** Chinese and Japanese: characters that count as one word. */
const CHARACTERS_A_WORD = 2;
const HAN_OR_KANA = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const WORD = /[\p{L}\p{M}\p{N}]+(?:['-][\p{L}\p{M}\p{N}]+)*/gu;
/** "l'agent", "d'un", "الموظف": small words written together with the next. */
const JOINED = /^(?:(?:l|d|qu|j|n|s|m|c|t|un|all|dell|nell|sull|puis|mettez|passez|parle|donnez|avez|pouvez|est)['-]|[وف]?(?:بال|لل|ال|ب|ل))/u;

interface Word { text: string; from: number; to: number }

/**
 * The text as each language reads it that finds a person in it.
 * @param said as `plain` gives it
 */
export function readings(said: string): Reading[] {
  const words = [...said.matchAll(WORD)].map(({ 0: text, index }): Word => ({ text, from: index, to: index + text.length }));
  const spaced = readWords(words);
  const all = LANGUAGES.map((language): Reading => (UNSPACED.includes(language)
    ? { language, said, found: readRun(said, language), wordsIn: (from, to) => Math.ceil((to - from) / CHARACTERS_A_WORD) }
    : { language, said, found: spaced.get(language) ?? [], wordsIn: (from, to) => words.filter((one) => one.from >= from && one.to <= to).length }));
  return all.map((one) => ({ ...one, found: refusals(one.found) })).filter(({ found }) => found.some(isPerson));
}

/** Each language takes the longest phrase it knows at each word, and goes on behind it. */
function readWords(words: readonly Word[]): Map<string, Found[]> {
  const found = new Map<string, Found[]>();
  for (const [at, word] of words.entries()) {
    let phrase = '';
    const here = new Map<string, Found>();
    for (const [more, { text, to }] of words.slice(at, at + PHRASE_MAX).entries()) {
      phrase = more === 0 ? text : `${phrase} ${text}`;
      const meanings = meaningsOf(phrase) ?? (JOINED.test(text) && more === 0 ? meaningsOf(text.replace(JOINED, '')) : null);
      for (const [language, slot] of meanings ?? []) here.set(language, { slot, from: word.from, to, word: at, last: at + more });
    }
    for (const [language, one] of here) {
      const own = found.get(language) ?? found.set(language, []).get(language)!;
      if ((own.at(-1)?.to ?? 0) <= one.from) own.push(one);
    }
  }
  return found;
}

function readRun(said: string, language: string): Found[] {
  const found: Found[] = [];
  if (!HAN_OR_KANA.test(said)) return found;
  for (let at = 0; at < said.length;) {
    const here = runAt(said, at, language);
    if (here) found.push({ slot: here.slot, from: at, to: at + here.length, word: Math.ceil(at / CHARACTERS_A_WORD), last: Math.ceil((at + here.length) / CHARACTERS_A_WORD) - 1 });
    at += here?.length ?? 1;
  }
  return found;
}

export const isPerson = ({ slot }: Found): boolean => slot === 'human' || slot === 'someone';

/** "Don't want", "no need", "do not transfer": together they refuse. "Don't know how to speak" does not. */
function refusals(found: readonly Found[]): Found[] {
  const joined: Found[] = [];
  for (const one of found) {
    const last = joined.at(-1);
    if (last?.slot === 'not' && one.word - last.last <= 1 && (one.slot === 'want' || one.slot === 'contact')) joined[joined.length - 1] = { ...last, slot: 'refuse', to: one.to, last: one.last };
    else joined.push(one);
  }
  return joined;
}
