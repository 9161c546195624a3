import { DOCUMENTS_A_SLICE, type Sparse } from './features.ts';

/** For each feature the documents that have it: compressed rows. */
export interface Postings { starts: Int32Array; documents: Int32Array; values: Float32Array; count: number }

export function* buildPostings(vectors: readonly Sparse[], features: number): Generator<void, Postings> {
  const starts = new Int32Array(features + 1);
  yield;
  for (const { ids } of vectors) for (const id of ids) starts[id + 1] = (starts[id + 1] ?? 0) + 1;
  for (let id = 0; id < features; id++) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
  const next = starts.slice(0, features);
  const documents = new Int32Array(starts[features] ?? 0);
  const values = new Float32Array(documents.length);
  for (const [document, vector] of vectors.entries()) {
    for (let at = 0; at < vector.ids.length; at++) {
      const id = vector.ids[at] ?? 0;
      const place = next[id] ?? 0;
      next[id] = place + 1;
      documents[place] = document;
      values[place] = vector.values[at] ?? 0;
    }
    if (document % DOCUMENTS_A_SLICE === 0) yield;
  }
  return { starts, documents, values, count: vectors.length };
}

/** Cosine of a unit vector with each document. */
export function similarities({ starts, documents, values, count }: Postings, vector: Sparse): Float32Array {
  const sums = new Float32Array(count);
  for (let at = 0; at < vector.ids.length; at++) {
    const id = vector.ids[at] ?? 0;
    const value = vector.values[at] ?? 0;
    for (let place = starts[id] ?? 0, end = starts[id + 1] ?? 0; place < end; place++) {
      const document = documents[place] ?? 0;
      sums[document] = (sums[document] ?? 0) + value * (values[place] ?? 0);
    }
  }
  return sums;
}
