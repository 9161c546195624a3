/** Texts as vectors in which what means the same lies close: the semantic tier. The product works the same without one. */
export interface Embedder {
  /** Unit vectors, one for each text; null when they cannot be had now, which is not waited for. @param deadlineMs for all of them */
  embed(texts: readonly string[], deadlineMs: number): Promise<Float32Array[] | null>;
}
