import { conceptsOf } from '#lib/detect/search/concepts.ts';
import { informative } from '#lib/detect/words.ts';

/** A section longer than this is answered with the part that fits the question, in characters. */
const REPLY_MAX = 700;

/** The whole text when it is short, else its consecutive paragraphs or sentences around the best match. */
export function excerpt(text: string, question: string): string {
  if (text.length <= REPLY_MAX) return text;
  const terms = new Set(informative(question).flatMap((word) => [word, ...conceptsOf(word)]));
  const parts = text.split(/\n{2,}|(?<=[.!?。！？])\s+/u).map((part) => part.trim()).filter(Boolean);
  const scores = parts.map((part) => new Set(informative(part).flatMap((word) => [word, ...conceptsOf(word)]).filter((word) => terms.has(word))).size);
  const from = scores.indexOf(Math.max(...scores));
  let said = (parts[from] ?? text).slice(0, REPLY_MAX);
  for (const part of parts.slice(from + 1)) {
    if (said.length + part.length + 1 > REPLY_MAX) break;
    said += ` ${part}`;
  }
  return said;
}
