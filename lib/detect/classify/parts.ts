/** A shorter message is one question. */
const LONG_WORDS = 14;
const PART_WORDS = 3;
/** A story comes before its question: the last parts are looked at. */
const PARTS_MAX = 4;

const wordsIn = (text: string): number => text.trim().split(/\s+/u).length;

/** A long message as a whole, and by its clauses: what is asked may be one of them, and the rest a story about it. */
export function partsOf(text: string): string[] {
  if (wordsIn(text) < LONG_WORDS) return [text];
  const clauses = text.split(/[.!?\n;,:。！？]+|\s(?:and|und|but|aber|y|et)\s/u).filter((one) => wordsIn(one) >= PART_WORDS && one.trim() !== '');
  return clauses.length > 1 ? [text, ...clauses.slice(-PARTS_MAX)] : [text];
}
