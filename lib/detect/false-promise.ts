import { plain } from './plain.ts';
import { ASIAN } from './promise/asian.ts';
import { ENGLISH } from './promise/english.ts';
import { GERMANIC } from './promise/germanic.ts';
import { MIDDLE_EASTERN } from './promise/middle-eastern.ts';
import { ROMANCE } from './promise/romance.ts';
import type { PromiseRules } from './promise/rules.ts';
import { sentencesOf } from './promise/sentences.ts';
import { SLAVIC } from './promise/slavic.ts';

export { wholeSentences } from './promise/sentences.ts';

interface Compiled { script: RegExp | null; never: RegExp[]; claims: RegExp[]; channel: RegExp | null }
function compile({ bounded, script, never = [], claims, channel }: PromiseRules): Compiled {
  const [open, end] = bounded ? ['(?<![\\p{L}\\p{N}])', '(?![\\p{L}\\p{N}])'] : ['', ''];
  const whole = (source: string, flags: string): RegExp => new RegExp(`${open}(?:${source})${end}`, flags);
  return { script: script ?? null, never: never.map((one) => whole(one, 'gu')), claims: claims.map((one) => whole(one, 'u')), channel: channel === undefined ? null : whole(channel, 'u') };
}

const RULES = [ENGLISH, ...GERMANIC, ...ROMANCE, ...SLAVIC, ...MIDDLE_EASTERN, ...ASIAN];
const LANGUAGES = RULES.map(compile);
/** Names of the languages there are rules for. */
export const PROMISE_LANGUAGES: string[] = RULES.map(({ language }) => language);

/** A sentence without an end is read in parts of this length, which share as much as the longest claim takes. */
const [PART, SHARED] = [600, 150];

/**
 * The words in which a bot's reply claims a transfer or a follow-up: "I'll connect you", "a colleague will call". Nothing
 * a bot writes can make that true, so it is never shown (law 3). Null: it only informs.
 */
export function falsePromise(reply: string): string | null {
  for (const sentence of sentencesOf(reply)) {
    const said = plain(sentence).replaceAll('i̇', 'i');
    for (let from = 0; from === 0 || from + SHARED < said.length; from += PART - SHARED) {
      const claim = claimIn(said.slice(from, from + PART));
      if (claim !== null) return claim;
    }
  }
  return null;
}

function claimIn(said: string): string | null {
  for (const { script, never, claims, channel } of LANGUAGES) {
    if (script && !script.test(said)) continue;
    if (channel?.test(said)) continue;
    const rest = never.reduce((left, one) => left.replace(one, ' , '), said);
    for (const claim of claims) {
      const match = claim.exec(rest);
      if (match) return match[0].trim();
    }
  }
  return null;
}
