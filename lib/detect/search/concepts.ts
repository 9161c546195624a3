import { plain } from '../plain.ts';
import { stem, words } from '../words.ts';
import { ENGLISH } from './concepts-english.ts';
import { GERMAN } from './concepts-german.ts';

/** Concepts of a (stemmed) word, and of a phrase by its first word. */
const OF_WORD = new Map<string, string[]>();
const OF_PHRASE = new Map<string, { rest: string[]; concept: string }[]>();
[ENGLISH, GERMAN].flatMap((language) => language.trim().split('\n')).forEach((line, at) => {
  const concept = `~${at}`;
  for (const item of line.split(' ')) {
    const [first = '', ...rest] = words(item.replaceAll('_', ' '));
    if (rest.length > 0) OF_PHRASE.set(first, [...OF_PHRASE.get(first) ?? [], { rest, concept }]);
    else OF_WORD.set(stem(first), [...OF_WORD.get(stem(first)) ?? [], concept]);
  }
});

/** Marks of the concepts a stemmed word stands for: no word looks like them. */
export const conceptsOf = (word: string): readonly string[] => OF_WORD.get(word) ?? [];

/** Marks of the concepts that phrases of a text stand for ("how much", "money back"). */
export function phraseConcepts(text: string): string[] {
  const said = words(plain(text));
  return said.flatMap((word, at) => (OF_PHRASE.get(word) ?? []).filter(({ rest }) => rest.every((next, k) => said[at + 1 + k] === next)).map(({ concept }) => concept));
}
