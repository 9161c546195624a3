import type { CommandAnswer } from '#lib/protocol/runtime.ts';

type NotDone = Exclude<CommandAnswer, { ok: true }>;

/** Why something was not done, for the person who asked. */
export function notDoneWords(answer: NotDone): string {
  if ('failed' in answer) {
    return answer.failed === 'offline' ? 'Not done: the companion cannot be reached. Try again when you are connected.'
      : 'The companion did not answer in time. Try again; it will not be done twice.';
  }
  switch (answer.refusal.code) {
    case 'forbidden': return 'Your role does not allow this. Ask an admin.';
    case 'last_admin': return 'This is the last admin. Make somebody else an admin first.';
    case 'rate_limited': return 'Too many changes at once. Wait a moment, then try again.';
    default: return answer.refusal.message || `The companion refused this (${answer.refusal.code}).`;
  }
}
