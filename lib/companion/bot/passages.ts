import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';

/** A part of the knowledge base as a model is shown it. */
export interface Passage { id: KnowledgeEntry['id']; title: string; text: string }

/** A model reads this many passages, and this many UTF-16 units of them in all. */
const PASSAGES_MAX = 6;
const CHARS_MAX = 9_000;
/** Of one passage, so that a long section leaves room for others. */
const PASSAGE_MAX = 3_000;

/**
 * The best passages that fit, best first. A base that fits as a whole is shown as a whole: then an answer is found also by a
 * question in another language than the base, which no search by words finds.
 * @param ranked ids, best first
 */
export function choosePassages(entries: ReadonlyMap<string, KnowledgeEntry>, ranked: readonly string[]): Passage[] {
  const total = [...entries.values()].reduce((sum, { title, text }) => sum + title.length + text.length, 0);
  const ids = new Set([...ranked.slice(0, PASSAGES_MAX), ...(total <= CHARS_MAX ? entries.keys() : [])]);
  const passages: Passage[] = [];
  let left = CHARS_MAX;
  for (const id of ids) {
    const entry = entries.get(id);
    if (!entry) continue;
    const text = entry.text.slice(0, Math.min(PASSAGE_MAX, left - entry.title.length));
    if (left <= entry.title.length || text === '') break;
    left -= entry.title.length + text.length;
    passages.push({ id: entry.id, title: entry.title, text });
  }
  return passages;
}
