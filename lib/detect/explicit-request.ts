import { ASIAN } from './language/asian.ts';
import { ENGLISH } from './language/english.ts';
import { GERMANIC } from './language/germanic.ts';
import { MIDDLE_EASTERN } from './language/middle-eastern.ts';
import { ROMANCE } from './language/romance.ts';
import type { RequestRules } from './language/rules.ts';
import { SLAVIC } from './language/slavic.ts';
import { plain } from './plain.ts';
import { hear } from './request/head.ts';
import { withoutTypos } from './typo.ts';

/** Does the visitor ask for a person, and in which words? */
export interface HumanRequest { strength: 'none' | 'ambiguous' | 'explicit'; evidence: string | null }

const NONE: HumanRequest = { strength: 'none', evidence: null };
/** From here up the head has heard a request, or perhaps one; below the last, none. */
const HEARD = { surely: 0.62, perhaps: 0.25, hardly: 0.1 };
/** A negation this many characters before a match makes it a question to ask back. */
const NEGATION_REACH = 24;

interface Compiled { never: RegExp[]; explicit: RegExp[]; ambiguous: RegExp[]; bare: RegExp; negation: RegExp | null }

function compile(rules: RequestRules): Compiled {
  const [open, end] = rules.bounded ? ['(?<![\\p{L}\\p{N}])', '(?![\\p{L}\\p{N}])'] : ['', ''];
  const whole = (source: string, flags = 'u'): RegExp => new RegExp(`${open}(?:${source})${end}`, flags);
  return {
    never: rules.never.map((one) => whole(one, 'gu')), explicit: rules.explicit.map((one) => whole(one)),
    ambiguous: (rules.ambiguous ?? []).map((one) => whole(one)), bare: new RegExp(`^(?:${rules.bare})$`, 'u'),
    negation: rules.negation === undefined ? null : new RegExp(`${open}(?:${rules.negation})(?:[^\\n]*)$`, 'u'),
  };
}

const LANGUAGES: Compiled[] = [ENGLISH, ...ROMANCE, ...GERMANIC, ...SLAVIC, ...MIDDLE_EASTERN, ...ASIAN].map(compile);
/** Names of the languages there are rules for. */
export const REQUEST_LANGUAGES: string[] = [ENGLISH, ...ROMANCE, ...GERMANIC, ...SLAVIC, ...MIDDLE_EASTERN, ...ASIAN].map((one) => one.language);

/** Many rules look on from each place to the end: a long message is read in parts, or one of 4,000 letters takes 200 ms. */
const PART = 400;
/** No request is longer than this, so that none is lost between two parts. */
const SHARED = 100;
/** A letter at a cut, so that half a word or half a sentence there is taken for neither. */
const CUT = 'ª';
function parts(said: string): string[] {
  const count = said.length <= PART ? 1 : Math.ceil((said.length - SHARED) / (PART - SHARED));
  return Array.from({ length: count }, (_, at) => `${at > 0 ? CUT : ''}${said.slice(at * (PART - SHARED)).slice(0, PART)}${at < count - 1 ? CUT : ''}`);
}

/**
 * Hand-written rules, and a head that has learnt what else people say, in every language at once: a visitor need not
 * write in the page's language. Either may hear a request; the head takes one back only where it is refused or past.
 */
export function detectRequest(text: string): HumanRequest {
  const found = parts(plain(text)).map(inPart);
  const { strength, evidence } = found.find((one) => one.strength === 'explicit') ?? found.find((one) => one.strength === 'ambiguous') ?? NONE;
  return { strength, evidence: evidence?.replaceAll(CUT, '') ?? null };
}

function inPart(said: string): HumanRequest {
  if (said === '') return NONE;
  // Only after the raw words: mending English words would break other languages'.
  const raw = weigh(said, byRules(said));
  const mended = raw.strength === 'explicit' ? said : withoutTypos(said);
  if (mended === said) return raw;
  const again = weigh(mended, ask(LANGUAGES[0]!, mended));
  return again.strength === 'none' ? raw : again;
}

function byRules(said: string): HumanRequest {
  const found = LANGUAGES.map((language) => ask(language, said));
  return found.find((one) => one.strength === 'explicit') ?? found.find((one) => one.strength === 'ambiguous') ?? NONE;
}

function weigh(said: string, rules: HumanRequest): HumanRequest {
  const heard = hear(withoutContradictions(said));
  // Only a reason that can be named outvotes the rules: "yesterday I talked to an agent".
  const isOutvoted = heard !== null && heard.chance < HEARD.hardly && heard.isContradicted;
  if (rules.strength === 'explicit') return isOutvoted ? { ...rules, strength: 'ambiguous' } : rules;
  if (heard && heard.chance >= HEARD.surely) return { strength: 'explicit', evidence: heard.evidence };
  if (rules.strength === 'ambiguous') return rules;
  return heard && heard.chance >= HEARD.perhaps ? { strength: 'ambiguous', evidence: heard.evidence } : NONE;
}

/** Without what the English rules know to be no request ("how do you say …"): the head would hear it. */
function withoutContradictions(said: string): string {
  return LANGUAGES[0]!.never.reduce((left, never) => left.replace(never, ' , '), said);
}

function ask(language: Compiled, said: string): HumanRequest {
  const rest = language.never.reduce((left, never) => left.replace(never, ' , '), said);
  const sentences = rest.split(/[.!?;:,。！？、，؟،\n]+/u).map((one) => one.trim()).filter(Boolean);
  const bare = sentences.length <= 3 ? sentences.find((one) => language.bare.test(one)) : undefined;
  if (bare !== undefined) return { strength: 'explicit', evidence: bare };
  let vague: string | null = null;
  for (const rule of language.explicit) {
    const match = rule.exec(rest);
    if (!match) continue;
    const before = rest.slice(Math.max(0, match.index - NEGATION_REACH), match.index).split(/[.!?;,]/u).at(-1) ?? '';
    if (!language.negation?.test(before)) return { strength: 'explicit', evidence: match[0].trim() };
    vague ??= match[0].trim();
  }
  vague ??= language.ambiguous.map((rule) => rule.exec(rest)?.[0]).find((one) => one !== undefined) ?? null;
  return vague === null ? NONE : { strength: 'ambiguous', evidence: vague };
}
