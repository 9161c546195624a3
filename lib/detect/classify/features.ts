import { isStopWord, stem, words } from '../words.ts';

/** Longer texts are read up to here, in characters: nobody asks in more, and the work for one text stays within milliseconds. */
export const TEXT_MAX = 1_000;
/** A longer run of letters is no word anyone would match. */
const WORD_MAX = 40;
const [GRAM_MIN, GRAM_MAX] = [3, 5];
/** Pairs of words that stand up to two words apart: order and fillers differ between askers. Chosen on BANKING77 (detection.md). */
const FAR_PAIR = { reach: 3, weight: 0.4 };
/** How much of a vector is whole words; the rest is their letters, which see through endings, typos and scripts without spaces. */
const WORD_SHARE = 0.7;
/** How much of a vector is the meaning, where there is one. */
const MEANING_SHARE = 0.6;
/** Rarity counts by its root: enough phrasings teach the rest (detection.md). */
const RARITY_POWER = 0.5;

/** Hash -> how often, before rarity is known. @property meaning the text as an embedding (any length of vector), where there is an embedder */
export interface RawFeatures { words: Map<number, number>; letters: Map<number, number>; meaning?: Meaning }
export type Meaning = Float32Array;

/** FNV-1a, 32 bit. @param salt keeps words, pairs and letters apart */
function hash(text: string, salt: number): number {
  let value = 0x811c9dc5 ^ salt;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}

/**
 * Stems, pairs of neighbouring and of nearby stems, and the 3 to 5 letters within each word.
 * @param stopWeight what "the" and "how" count, 1 where their weight can be learnt
 */
export function rawFeatures(text: string, stopWeight: number, meaning?: Meaning): RawFeatures {
  const found: RawFeatures = { words: new Map(), letters: new Map(), ...(meaning ? { meaning } : {}) };
  const add = (to: Map<number, number>, key: number, weight: number): void => void to.set(key, (to.get(key) ?? 0) + weight);
  const before: { stem: string; weight: number }[] = [{ stem: '^', weight: stopWeight }];
  for (const word of words(text.slice(0, TEXT_MAX))) {
    const one = { stem: stem(word.slice(0, WORD_MAX)), weight: isStopWord(word) ? stopWeight : 1 };
    add(found.words, hash(one.stem, 1), one.weight);
    before.slice(-FAR_PAIR.reach - 1).forEach((other, at, near) => {
      const weight = Math.min(1, other.weight + one.weight);
      if (at === near.length - 1) add(found.words, hash(`${other.stem} ${one.stem}`, 2), weight);
      else if (other.stem !== '^') add(found.words, hash([other.stem, one.stem].sort().join(' '), 4), weight * FAR_PAIR.weight);
    });
    before.push(one);
    const padded = ` ${word.slice(0, WORD_MAX)} `;
    for (let size = GRAM_MIN; size <= GRAM_MAX; size++) for (let at = 0; at + size <= padded.length; at++) add(found.letters, hash(padded.slice(at, at + size), 3), one.weight);
  }
  return found;
}

/** Unit vector over the features a base knows. What it does not know stays in the length, so a strange text is short in every direction. */
export interface Sparse { ids: Int32Array; values: Float32Array }

/** Documents handled between two pauses: about a millisecond. */
export const DOCUMENTS_A_SLICE = 64;

/** @property centre mean of the meanings, which all share; null without an embedder. The dimensions of a meaning are the features behind the words. */
export interface Vocabulary { ids: Map<number, number>; rarity: Float32Array; unknown: number; centre: Meaning | null; features: number }

/** Inverse document frequency, smoothed; a feature never seen weighs like the rarest. */
export function* buildVocabulary(documents: readonly RawFeatures[]): Generator<void, Vocabulary> {
  const ids = new Map<number, number>();
  const counts: number[] = [];
  for (const [at, document] of documents.entries()) {
    for (const key of [...document.words.keys(), ...document.letters.keys()]) {
      const id = ids.get(key) ?? counts.length;
      if (id === counts.length) ids.set(key, id);
      counts[id] = (counts[id] ?? 0) + 1;
    }
    if (at % DOCUMENTS_A_SLICE === 0) yield;
  }
  const idf = (count: number): number => (Math.log((1 + documents.length) / (1 + count)) + 1) ** RARITY_POWER;
  const centre = centreOf(documents);
  return { ids, rarity: Float32Array.from(counts, idf), unknown: idf(0), centre, features: counts.length + (centre?.length ?? 0) };
}

function centreOf(documents: readonly RawFeatures[]): Meaning | null {
  const meanings = documents.flatMap(({ meaning }) => (meaning ? [meaning] : []));
  const [first] = meanings;
  if (!first) return null;
  const centre = new Float32Array(first.length);
  for (const one of meanings) for (let at = 0; at < centre.length; at++) centre[at] = (centre[at] ?? 0) + (one[at] ?? 0) / meanings.length;
  return centre;
}

/** As seen from the centre, of length 1. */
export function centred({ centre }: Vocabulary, meaning: Meaning | undefined): Meaning | null {
  if (!centre || !meaning || meaning.length !== centre.length) return null;
  const moved = meaning.map((one, at) => one - (centre[at] ?? 0));
  const length = Math.hypot(...moved);
  return length > 0 ? moved.map((one) => one / length) : null;
}

export function vectorise(vocabulary: Vocabulary, raw: RawFeatures): Sparse {
  const { ids, rarity, unknown } = vocabulary;
  const [keys, values]: [number[], number[]] = [[], []];
  const meaning = centred(vocabulary, raw.meaning);
  const said = meaning ? 1 - MEANING_SHARE : 1;
  if (meaning) for (const [at, value] of meaning.entries()) { keys.push(rarity.length + at); values.push(value * Math.sqrt(MEANING_SHARE)); }
  for (const [group, share] of [[raw.words, WORD_SHARE * said], [raw.letters, (1 - WORD_SHARE) * said]] as const) {
    let length = 0;
    const from = values.length;
    for (const [key, weight] of group) {
      const id = ids.get(key);
      const value = (weight > 1 ? 1 + Math.log(weight) : weight) * (id === undefined ? unknown : rarity[id] ?? unknown);
      length += value * value;
      if (id === undefined) continue;
      keys.push(id);
      values.push(value);
    }
    const scale = length > 0 ? Math.sqrt(share / length) : 0;
    for (let at = from; at < values.length; at++) values[at] = (values[at] ?? 0) * scale;
  }
  return { ids: Int32Array.from(keys), values: Float32Array.from(values) };
}
