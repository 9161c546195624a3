/** What a word may do in a request for a person, or against one. The same in every language; the head is trained on these alone. */
export const SLOTS = ['human', 'someone', 'contact', 'want', 'may', 'please', 'real', 'bot', 'not', 'past', 'manage', 'money', 'many', 'me', 'here', 'about', 'you', 'mine'] as const;
export type Slot = (typeof SLOTS)[number] | 'refuse';
/** Words set apart by spaces; `_` is a space within one, `*` stands for any ending. */
export type Lexicon = Record<(typeof SLOTS)[number], string>;
