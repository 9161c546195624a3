import { informative, words } from '../words.ts';
import { buildVocabulary, fuzzy, type FuzzyVocabulary } from './fuzzy.ts';
import { conceptsOf, phraseConcepts } from './concepts.ts';

/** BM25's saturation and length terms, and how much a word of the title outweighs one of the text. */
const K1 = 1.2;
const B = 0.6;
const TITLE_WEIGHT = 3;
/** How far a match counts: in the text only, by another word for it. */
const IN_TEXT = 0.7;
const BY_CONCEPT = 0.85;

/** Something to be found. @property titles ways to ask for it; @property text what it says */
export interface Document { titles: readonly string[]; text: string }
interface Indexed { title: Set<string>; text: Set<string>; counts: Map<string, number>; length: number; titleWords: Set<string>[] }
export interface SearchIndex { documents: Indexed[]; frequency: Map<string, number>; averageLength: number; vocabulary: FuzzyVocabulary }

/** Its informative words, and marks of what they and its phrases stand for. */
function meant(text: string): string[] {
  const said = informative(text);
  return [...said, ...new Set([...said.flatMap(conceptsOf), ...phraseConcepts(text)])];
}

export function buildIndex(of: readonly Document[]): SearchIndex {
  const documents = of.map(({ titles, text: body }): Indexed => {
    const [title, text] = [titles.flatMap(meant), meant(body)];
    const counts = new Map<string, number>();
    for (const word of title) counts.set(word, (counts.get(word) ?? 0) + TITLE_WEIGHT);
    for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
    return { title: new Set(title), text: new Set(text), counts, length: title.length * TITLE_WEIGHT + text.length, titleWords: titles.map((one) => new Set(words(one))) };
  });
  const frequency = new Map<string, number>();
  for (const one of documents) for (const word of one.counts.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const averageLength = documents.reduce((sum, one) => sum + one.length, 0) / Math.max(1, documents.length);
  return { documents, frequency, averageLength, vocabulary: buildVocabulary(frequency.keys()) };
}

/** What a question finds, by document. */
export interface Found {
  /** How much of what the question is about (its informative words, weighed by rarity) the document covers, 0 to 1. A word nobody uses weighs like the rarest one. */
  covered: Float32Array;
  /** For the order among documents: coverage, BM25, and likeness to one of its titles. */
  rank: Float32Array;
}

interface Form { word: string; quality: number }
interface Term { forms: Form[]; weight: number }

const weightOf = ({ documents: { length: total }, frequency }: SearchIndex, word: string): number => {
  const df = Math.max(1, frequency.get(word) ?? 0);
  return Math.log(1 + (total - df + 0.5) / (df + 0.5)) + 0.1;
};

export function search(index: SearchIndex, question: string): Found {
  const terms = termsOf(index, question);
  const weight = terms.reduce((sum, term) => sum + term.weight, 0);
  const asked = new Set(words(question));
  const found: Found = { covered: new Float32Array(index.documents.length), rank: new Float32Array(index.documents.length) };
  index.documents.forEach((one, at) => {
    let [covered, bm25] = [0, 0];
    for (const term of terms) {
      const match = bestForm(one, term.forms);
      if (!match) continue;
      const count = one.counts.get(match.word) ?? 0;
      covered += term.weight * match.quality;
      bm25 += term.weight * match.quality * (count * (K1 + 1)) / (count + K1 * (1 - B + (B * one.length) / index.averageLength));
    }
    if (covered === 0) return;
    found.covered[at] = Math.min(1, covered / weight);
    found.rank[at] = covered / weight + 0.05 * bm25 + 0.3 * Math.max(0, ...one.titleWords.map((title) => overlap(asked, title)));
  });
  return found;
}

/** Each word with the ways it may stand in a document: as it is, misspelt, or by what it stands for. A concept is asked for once. */
function termsOf(index: SearchIndex, question: string): Term[] {
  const said = [...new Set(informative(question))];
  const named = new Set(said.flatMap(conceptsOf));
  const phrases = [...new Set(phraseConcepts(question))].filter((concept) => !named.has(concept));
  return [...said.map((word) => termOf(index, word)), ...phrases.map((concept) => ({ forms: [{ word: concept, quality: BY_CONCEPT }], weight: weightOf(index, concept) }))];
}

/** Numbers and months are circumstances of a question, seldom what it is about. */
const CIRCUMSTANCE = /^(?:\d+|januar\p{L}*|februar\p{L}*|march|maerz|april|mai|june|juni|july|juli|august|septemb\p{L}*|octob\p{L}*|oktober|novemb\p{L}*|decemb\p{L}*|dezember|monat|month)$/u;
const CIRCUMSTANCE_WEIGHT = 0.3;

function termOf(index: SearchIndex, word: string): Term {
  const term = weighed(index, word);
  return CIRCUMSTANCE.test(word) ? { ...term, weight: CIRCUMSTANCE_WEIGHT * term.weight } : term;
}

function weighed(index: SearchIndex, word: string): Term {
  const concepts = conceptsOf(word).filter((concept) => index.frequency.has(concept)).map((concept) => ({ word: concept, quality: BY_CONCEPT }));
  if (index.frequency.has(word)) return { forms: [{ word, quality: 1 }, ...concepts], weight: weightOf(index, word) };
  const forms = [...fuzzy(word, index.vocabulary), ...concepts];
  return { forms, weight: Math.min(...(concepts.length > 0 ? concepts.map((one) => weightOf(index, one.word)) : [weightOf(index, word)])) };
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
