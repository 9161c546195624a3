/** How one language asks for a person. Regular-expression sources, matched in lower case with single spaces. */
export interface RequestRules {
  language: string;
  /** Words are set apart by spaces, so a match must begin and end at a word's edge. */
  bounded: boolean;
  /** Spans that look like a request and are none ("no need for an agent"): cut out before anything else is matched. */
  never: readonly string[];
  explicit: readonly string[];
  ambiguous?: readonly string[];
  /** The whole message, or one sentence of it. */
  bare: string;
  /** Shortly before a match it makes it ambiguous. */
  negation?: string;
}
