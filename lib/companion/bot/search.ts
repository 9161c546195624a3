import { informative, words } from '#lib/detect/words.ts';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import { fuzzy } from './fuzzy.ts';
import { synonyms } from './synonyms.ts';

/** BM25's saturation and length terms, and how much a word of the title outweighs one of the text. */
const K1 = 1.2;
const B = 0.6;
const TITLE_WEIGHT = 3;
/** How far a match counts: in the text only, by another word for it. */
const IN_TEXT = 0.7;
const BY_SYNONYM = 0.8;

interface Indexed { entry: KnowledgeEntry; title: Set<string>; text: Set<string>; counts: Map<string, number>; length: number; titleWords: Set<string> }
export interface Hit { entry: KnowledgeEntry; confidence: number; terms: Set<string> }
export interface SearchIndex { entries: Indexed[]; frequency: Map<string, number>; averageLength: number; vocabulary: string[] }

export function buildIndex(knowledge: readonly KnowledgeEntry[]): SearchIndex {
  const entries = knowledge.map((entry): Indexed => {
    const [title, text] = [informative(entry.title), informative(entry.text)];
    const counts = new Map<string, number>();
    for (const word of title) counts.set(word, (counts.get(word) ?? 0) + TITLE_WEIGHT);
    for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
    return { entry, title: new Set(title), text: new Set(text), counts, length: title.length * TITLE_WEIGHT + text.length, titleWords: new Set(words(entry.title)) };
  });
  const frequency = new Map<string, number>();
  for (const one of entries) for (const word of one.counts.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const averageLength = entries.reduce((sum, one) => sum + one.length, 0) / Math.max(1, entries.length);
  return { entries, frequency, averageLength, vocabulary: [...frequency.keys()] };
}

/** The entry that answers best, or null when none has anything to do with the question. */
export const search = (index: SearchIndex, question: string): Hit | null => rank(index, question)[0] ?? null;

/**
 * The entries that have something to do with the question, best first, each with a confidence: how much of what the question is about (its informative words,
 * weighed by rarity) the entry covers. A word the knowledge base never uses weighs like its rarest one.
 */
export function rank(index: SearchIndex, question: string): Hit[] {
  const total = index.entries.length;
  const idf = (word: string): number => { const df = Math.max(1, index.frequency.get(word) ?? 0); return Math.log(1 + (total - df + 0.5) / (df + 0.5)) + 0.1; };
  const terms = [...new Set(informative(question))].map((word) => ({ forms: forms(index, word), weight: idf(word) }));
  const weight = terms.reduce((sum, term) => sum + term.weight, 0);
  const asked = new Set(words(question));
  const hits: (Hit & { rank: number })[] = [];
  for (const one of index.entries) {
    let [covered, bm25] = [0, 0];
    const found = new Set<string>();
    for (const term of terms) {
      const match = bestForm(one, term.forms);
      if (!match) continue;
      const count = one.counts.get(match.word) ?? 0;
      covered += term.weight * match.quality;
      bm25 += term.weight * match.quality * (count * (K1 + 1)) / (count + K1 * (1 - B + (B * one.length) / index.averageLength));
      found.add(match.word);
    }
    if (covered === 0) continue;
    const confidence = covered / weight;
    hits.push({ entry: one.entry, confidence, terms: found, rank: confidence + 0.05 * bm25 + 0.3 * overlap(asked, one.titleWords) });
  }
  return hits.sort((one, other) => other.rank - one.rank);
}

interface Form { word: string; quality: number }

/** The ways a word of the question may stand in the knowledge base: as it is, misspelt, or as another word. */
function forms(index: SearchIndex, word: string): Form[] {
  const others = synonyms(word).map((other) => ({ word: other, quality: BY_SYNONYM }));
  if (index.frequency.has(word)) return [{ word, quality: 1 }, ...others];
  return [...fuzzy(word, index.vocabulary), ...others];
}

function bestForm(one: Indexed, candidates: readonly Form[]): Form | null {
  let best: Form | null = null;
  for (const { word, quality } of candidates) {
    const here = one.title.has(word) ? quality : one.text.has(word) ? quality * IN_TEXT : 0;
    if (here > (best?.quality ?? 0)) best = { word, quality: here };
  }
  return best;
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared += 1;
  return (2 * shared) / Math.max(1, one.size + other.size);
}
