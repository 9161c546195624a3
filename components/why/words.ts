import { assertNever } from '#lib/base/assert-never.ts';
import { BOT_ASKED } from '#lib/handoff/phrases.ts';
import type { Escalation, Reason } from '#lib/protocol/conversation.ts';

const times = (count: number | undefined, one: string, many: string): string => ((count ?? 1) === 1 ? one : `${count} ${many}`);
/** The visitor's own words, without the marks of direction that would turn what follows them. */
export const unturned = (text: string): string => text.replace(/[\u202A-\u202E\u2066-\u2069]/g, '');
const quoted = (evidence: string | undefined): string => (evidence ? `: “${unturned(evidence)}”` : '');

/** One reason as the rest of a sentence that begins "Offered after …". */
export function afterWords(reason: Reason): string | null {
  switch (reason.code) {
    case 'miss': return times(reason.count, 'an unanswered question', 'unanswered questions');
    case 'weak': return times(reason.count, 'an unsure answer', 'unsure answers');
    case 'repeat': return times(reason.count, 'a repeated question', 'repeated questions');
    case 'thumbs_down': return times(reason.count, 'a thumbs down', 'thumbs down');
    case 'frustration': return `signs of frustration${quoted(reason.evidence)}`;
    case 'implied': return `a hint that a person is wanted${quoted(reason.evidence)}`;
    case 'button': case 'request': case 'offer_accepted': case 'policy': case 'agent': case 'reopened': return null;
    default: return assertNever(reason.code);
  }
}

/** "A, B and C". */
export function listed(words: string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const evidenceOf = (escalation: Escalation, code: Reason['code']): string | undefined => escalation.reasons.find((reason) => reason.code === code)?.evidence;

/** What led to an escalation, as one sentence without a full stop: on the card and on the list's row. */
export function whyWords(escalation: Escalation): string {
  const after = listed(escalation.reasons.map(afterWords).filter((words) => words !== null));
  switch (escalation.trigger) {
    case 'button': return 'Pressed Talk to a person';
    case 'request': return `Asked for a person${quoted(evidenceOf(escalation, 'request'))}`;
    case 'offer': return after ? `Offered after ${after}` : 'Accepted the offer of a person';
    case 'policy': {
      const words = evidenceOf(escalation, 'policy');
      if (words === BOT_ASKED) return after ? `The bot asked for a person after ${after}` : 'The bot asked for a person';
      return after ? `Escalated by a rule after ${after}` : `Escalated by a rule${quoted(words)}`;
    }
    case 'agent': { const who = evidenceOf(escalation, 'agent'); return who ? `Claimed by ${who} while the bot was answering` : 'Claimed while the bot was answering'; }
    case 'reopened': return 'Wrote again after it was resolved';
    default: return assertNever(escalation.trigger);
  }
}

/** Said where the visitor was not promised a person. */
export const OFFLINE_WORDS = 'Nobody was available: the visitor saw the offline message.';

/** A page's address short enough for a card: path and query of a web page, the whole of anything else. */
export function pageWords(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return url;
  return parsed.host + parsed.pathname + parsed.search;
}

/** Only web pages become links; anything else a visitor's page reports stays text. */
export const isWebPage = (url: string): boolean => /^https?:$/.test(URL.parse(url)?.protocol ?? '');
