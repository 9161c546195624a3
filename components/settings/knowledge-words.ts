import type { FileResult, KnowledgeAdded } from '#lib/protocol/knowledge.ts';

const count = (n: number, what: string): string => `${n} ${what}`;

/** "12 added, 2 changed, 1 removed, 40 unchanged": only what there is. */
export function resultWords({ added, changed, removed, unchanged }: Pick<FileResult, 'added' | 'changed' | 'removed' | 'unchanged'>): string {
  const parts = [added > 0 && count(added, 'added'), changed > 0 && count(changed, 'changed'), removed > 0 && count(removed, 'removed'), unchanged > 0 && count(unchanged, 'unchanged')].filter((one) => one !== false);
  return parts.length > 0 ? parts.join(', ') : 'nothing changed';
}

/** What typing a question came to. */
export const addedWords = ({ added, changed }: Pick<KnowledgeAdded, 'added' | 'changed'>): string =>
  (added.length > 0 ? 'Added.' : changed.length > 0 ? 'This question was there already; it has the new answer now.' : 'This question was there already, with just this answer.');

/** One per line; empty lines and repeats are none. */
export const linesOf = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()).filter(Boolean))];
