import { REPHRASED } from './repeat.ts';
import { informative } from './words.ts';

/** More words than anybody needs to ask something; the rest of a long text is not looked at. */
const LOOKED_AT = 300;

/**
 * Questions that ask the same in other words (`similarity` of repeat.ts ≥ REPHRASED with the first of the group), each group in the order given.
 * Only groups that share a word are compared, so that a few hundred questions take milliseconds.
 */
export function groupQuestions<T extends { text: string }>(questions: readonly T[]): T[][] {
  const groups: { size: number; all: T[] }[] = [];
  const having = new Map<string, number[]>();
  const spelled = new Map<string, number>();
  for (const question of questions) {
    const words = new Set(informative(question.text.slice(0, LOOKED_AT)));
    const key = question.text.trim().toLowerCase();
    const at = spelled.get(key) ?? closest(words, groups, having);
    if (at !== undefined) { groups[at]?.all.push(question); continue; }
    for (const word of words) having.set(word, [...having.get(word) ?? [], groups.length]);
    spelled.set(key, groups.length);
    groups.push({ size: words.size, all: [question] });
  }
  return groups.map(({ all }) => all);
}

function closest(words: ReadonlySet<string>, groups: readonly { size: number }[], having: ReadonlyMap<string, readonly number[]>): number | undefined {
  const shared = new Map<number, number>();
  for (const word of words) for (const group of having.get(word) ?? []) shared.set(group, (shared.get(group) ?? 0) + 1);
  let [best, most]: [number | undefined, number] = [undefined, REPHRASED];
  for (const [group, count] of shared) {
    const alike = (2 * count) / (words.size + (groups[group]?.size ?? 0));
    if (alike > most || (alike === most && best === undefined)) [best, most] = [group, alike];
  }
  return best;
}
