/** How long a model is waited for, ms. */
export interface ModelDeadlines {
  /** To its first word: hosted models take 1 to 3 s, one that must be loaded first longer. Meanwhile the visitor sees that the bot writes. */
  firstMs: number;
  /** From one piece to the next: whoever reads along takes a longer silence for the end. */
  stallMs: number;
  /** To the last word, whatever it does. */
  wholeMs: number;
}
export const MODEL_DEADLINES: ModelDeadlines = { firstMs: 8_000, stallMs: 5_000, wholeMs: 30_000 };
