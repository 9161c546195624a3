import { POLICY_WORDS_MAX } from '#lib/protocol/limits.ts';
import type { Policy } from '#lib/protocol/settings.ts';

const POLICIES_MAX = 100;

/** What a setting of the slider means, in numbers a person can picture. @param falseReject 0.02 to 0.5 */
export function soonerWords(falseReject: number): string {
  const one = Math.round(1 / falseReject);
  return `About 1 in ${one} questions that the bot could have answered is asked back, or a person is offered.`;
}

/** Why these words cannot be added, or null. */
export function policyProblem(words: string, policies: readonly Policy[]): string | null {
  const text = words.trim();
  if (text.length < 2) return 'Type the words a visitor would use.';
  if (text.length > POLICY_WORDS_MAX) return `At most ${POLICY_WORDS_MAX} characters.`;
  if (policies.length >= POLICIES_MAX) return `At most ${POLICIES_MAX}; remove some first.`;
  return policies.some((one) => one.words.toLowerCase() === text.toLowerCase()) ? 'These words are in the list already.' : null;
}
