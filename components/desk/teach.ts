import type { Message, Said } from '#lib/protocol/message.ts';
import { ANSWER_MAX, QUESTION_MAX } from '#lib/protocol/limits.ts';

/** A visitor's question and what an agent answered it with. */
export interface Lesson { question: string; answer: string }

/** Fewer words than this ask nothing ("yes please", "a human"), unless there is a question mark. */
const WORDS_OF_A_QUESTION = 4;
const asks = ({ text }: Said): boolean => /[?？؟]\s*$/.test(text.trim()) || text.trim().split(/\s+/).length >= WORDS_OF_A_QUESTION;

/**
 * What the bot could learn from a conversation, in its last stretch with the team: the longest reply of an agent (greetings and "let me look" are
 * shorter than answers) and the question it follows. Null when no agent answered anything.
 */
export function lessonOf(messages: readonly Message[]): Lesson | null {
  const sorted = messages.toSorted((one, other) => one.index - other.index);
  // What was resolved or given back before was offered as a lesson then; the resolve that just happened may be here already.
  const last = sorted.findLastIndex((one) => one.kind === 'said' && one.author.kind === 'agent');
  const from = sorted.slice(0, last).findLastIndex((one) => one.kind === 'happened' && (one.what.type === 'resolved' || one.what.type === 'returned'));
  const said = sorted.slice(from + 1, last + 1).filter((one): one is Said => one.kind === 'said');
  const replies = said.filter(({ author }) => author.kind === 'agent');
  const answer = replies.reduce<Said | null>((best, one) => (best && best.text.length >= one.text.length ? best : one), null);
  if (!answer) return null;
  const before = said.filter(({ author, index }) => author.kind === 'visitor' && index < answer.index);
  const question = before.findLast(({ text }) => /[?？؟]\s*$/.test(text.trim())) ?? before.findLast(asks) ?? before.at(-1);
  return question ? { question: question.text.trim().slice(0, QUESTION_MAX), answer: answer.text.trim().slice(0, ANSWER_MAX) } : null;
}
