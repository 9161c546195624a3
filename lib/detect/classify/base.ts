import { buildVocabulary, DOCUMENTS_A_SLICE, centred, rawFeatures, TEXT_MAX, vectorise, type Meaning, type RawFeatures, type Sparse, type Vocabulary } from './features.ts';
import { buildPostings, similarities, type Postings } from './postings.ts';
import { buildIndex, search, type Found, type SearchIndex } from '../search/search.ts';
import { logits, normalise, trainSoftmax, type Softmax } from './softmax.ts';

/** One known way to ask for the entry numbered `label`. */
export interface Phrasing { text: string; raw: RawFeatures; label: number }
/** What an entry says beyond its phrasings (an answer). */
export interface Said { text: string; raw: RawFeatures }
/** @property texts null for an entry without; @property searches whether words are also looked for as a search does: with synonyms, misspellings and other endings */
export interface Lessons { phrasings: readonly Phrasing[]; texts: readonly (Said | null)[]; stopWeight: number; searches: boolean }

/** What a set of phrasings teaches: who is likely (softmax), who sounds alike (neighbours), who has the words at all (bags). */
export interface Base { lessons: Lessons; vocabulary: Vocabulary; softmax: Softmax; neighbours: Postings; bags: Postings; index: SearchIndex | null;
  /** Of each phrasing, and of each text (null: none). */
  meanings: { phrasings: (Meaning | null)[]; texts: (Meaning | null)[] } | null }

export function* buildBase(lessons: Lessons, chance: () => number): Generator<void, Base> {
  const { phrasings, texts } = lessons;
  const vocabulary = yield* buildVocabulary([...phrasings.map((one) => one.raw), ...texts.flatMap((one) => one?.raw ?? [])]);
  const { features } = vocabulary;
  const vectors: Sparse[] = [];
  for (const [at, one] of phrasings.entries()) {
    vectors.push(vectorise(vocabulary, one.raw));
    if (at % DOCUMENTS_A_SLICE === 0) yield;
  }
  const neighbours = yield* buildPostings(vectors, features);
  const bags = yield* buildPostings(bagsOf(vocabulary, lessons), features);
  const softmax = yield* trainSoftmax(vectors.map((vector, at) => ({ vector, label: phrasings[at]?.label ?? 0 })), texts.length, features, chance);
  yield;
  const index = lessons.searches ? buildIndex(documentsOf(lessons)) : null;
  const meanings = vocabulary.centre ? { phrasings: phrasings.map((one) => centred(vocabulary, one.raw.meaning)), texts: texts.map((one) => centred(vocabulary, one?.raw.meaning)) } : null;
  return { lessons, vocabulary, softmax, neighbours, bags, index, meanings };
}

function documentsOf({ phrasings, texts }: Lessons): { titles: string[]; text: string }[] {
  const documents = texts.map((one) => ({ titles: [] as string[], text: one?.text ?? '' }));
  for (const { text, label } of phrasings) documents[label]?.titles.push(text);
  return documents;
}

/** A word of the answer alone says less than one of a phrasing. */
const IN_TEXT = 0.7;

/** Which features an entry has: 1 for those of its phrasings, less for those of its text only. */
function bagsOf({ ids }: Vocabulary, { phrasings, texts }: Lessons): Sparse[] {
  const bags = texts.map(() => new Map<number, number>());
  const put = (label: number, raw: RawFeatures, value: number): void => {
    for (const group of [raw.words, raw.letters]) for (const key of group.keys()) bags[label]?.set(ids.get(key) ?? 0, value);
  };
  texts.forEach((text, label) => { if (text) put(label, text.raw, IN_TEXT); });
  for (const { raw, label } of phrasings) put(label, raw, 1);
  return bags.map((bag) => ({ ids: Int32Array.from(bag.keys()), values: Float32Array.from(bag.values()) }));
}

/** What a base makes of a text; one number for each entry in each list. */
export interface Views {
  /** Natural logarithm of the softmax's probability. */
  likely: Float32Array;
  /** Cosine of the most similar phrasing, and of the second most similar. */
  similar: Float32Array; alsoSimilar: Float32Array;
  /** Share of the text (by squared weight) the entry has. */
  covered: Float32Array;
  /** The same as a search sees it (lib/detect/search), and its order; null where it does not search. */
  found: Found | null;
  /** Cosine of the meaning with the nearest of the entry; null without an embedder. */
  meant: Float32Array | null;
  /** Number of the most similar phrasing, -1 for none. */
  nearest: number;
}

export function look(base: Base, text: string, meaning?: Meaning): Views { return lookAt(base, text, rawFeatures(text, base.lessons.stopWeight, meaning)); }

export function lookAt({ lessons, vocabulary, softmax, neighbours, bags, index, meanings }: Base, text: string, raw: RawFeatures): Views {
  const vector = vectorise(vocabulary, raw);
  const likely = normalise(logits(softmax, vector)).map((one) => Math.log(one + 1e-6));
  const covered = similarities(bags, { ids: vector.ids, values: vector.values.map((one) => one * one) });
  const [similar, alsoSimilar] = [new Float32Array(likely.length), new Float32Array(likely.length)];
  const cosines = similarities(neighbours, vector);
  let nearest = -1;
  for (let at = 0; at < cosines.length; at++) {
    const cosine = cosines[at] ?? 0;
    const label = lessons.phrasings[at]?.label ?? 0;
    if (cosine > (nearest < 0 ? 0 : cosines[nearest] ?? 0)) nearest = at;
    if (cosine > (similar[label] ?? 0)) { alsoSimilar[label] = similar[label] ?? 0; similar[label] = cosine; }
    else if (cosine > (alsoSimilar[label] ?? 0)) alsoSimilar[label] = cosine;
  }
  const meaning = centred(vocabulary, raw.meaning);
  const meant = meanings && meaning && meantBy(lessons, meanings, meaning);
  return { likely, similar, alsoSimilar, covered, nearest, meant, found: index && search(index, text.slice(0, TEXT_MAX)) };
}

/** An answer says in other words what is asked. */
const MEANT_IN_TEXT = 0.8;

function meantBy({ phrasings, texts }: Lessons, meanings: NonNullable<Base['meanings']>, meaning: Meaning): Float32Array {
  const meant = new Float32Array(texts.length);
  const take = (label: number, other: Meaning | null, weight: number): void => { if (other) meant[label] = Math.max(meant[label] ?? 0, weight * dot(meaning, other)); };
  phrasings.forEach(({ label }, at) => take(label, meanings.phrasings[at] ?? null, 1));
  texts.forEach((_, label) => take(label, meanings.texts[label] ?? null, MEANT_IN_TEXT));
  return meant;
}

function dot(one: Meaning, other: Meaning): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
