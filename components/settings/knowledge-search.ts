import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';

/** Entries in which each typed word occurs somewhere; all of them when nothing is typed. */
export function matchingEntries(entries: readonly KnowledgeEntry[], typed: string): readonly KnowledgeEntry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter(({ title, text, file, phrasings = [] }) => {
    const all = `${title}\n${text}\n${file ?? ''}\n${phrasings.join('\n')}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
