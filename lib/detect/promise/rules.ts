/** How one language claims that a person comes, calls or was told. Regular-expression sources, matched in lower case with single spaces, one sentence at a time. */
export interface PromiseRules {
  language: string;
  /** Letters without which nothing of it can be there: spares reading it for most texts. */
  script?: RegExp;
  /** Words are set apart by spaces, so a match must begin and end at a word's edge. */
  bounded: boolean;
  /** Spans that sound like a claim and are none: cut out before anything else is matched. */
  never?: readonly string[];
  claims: readonly string[];
  /** "Write to us at …": then what the team does with it is information. Counts for the whole sentence. */
  channel?: string;
}

/** Up to `most` words, none of which denies. */
export const gap = (most: number, not: string): string => `(?: (?!(?:${not})(?![\\p{L}\\p{N}]))[\\p{L}\\p{M}\\p{N}'’-]+,?){0,${most}}`;
