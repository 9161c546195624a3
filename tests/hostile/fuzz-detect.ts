import { consent } from '#lib/detect/consent.ts';
import { detectRequest } from '#lib/detect/explicit-request.ts';
import { frustration } from '#lib/detect/frustration.ts';
import { isRepeated } from '#lib/detect/repeat.ts';
import { satisfied } from '#lib/detect/satisfied.ts';
import { smallTalk } from '#lib/detect/small-talk.ts';
import { MESSAGE_MAX } from '#lib/protocol/limits.ts';
import type { Chance } from './chance.ts';
import { payloads } from './corpus.ts';
import type { Family } from './family.ts';

/** Words that the rules look for, so that a text comes close to many of them and is none. */
const WORDS = ['talk to', 'speak with', 'a', 'an', 'the', 'real', 'human', 'person', 'agent', 'someone', 'connect me', 'transfer', 'please', 'not', "don't", 'need', 'want', 'to be', 'how do you say', 'what happens if', 'customer support', 'technical', 'yes', 'no', 'ok', 'well,', 'oh', 'um', 'thanks', 'that worked', 'hello', 'useless', 'this is so', 'very', 'third time',
  'hablar con', 'una persona', 'ein Mensch', 'mit', 'parler à', 'оператор', 'человек', '人工', '客服', '担当者', '사람', 'إنسان', '.', ',', '?', '!', '\n', "'", '"', 'x', '1', '\u202E', '\u200B', ...payloads('http://127.0.0.1:9').slice(0, 80).map(({ text }) => text)];

function text(chance: Chance): string {
  if (chance.oneIn(3)) {
    const repeated = `${chance.pick(WORDS)}${chance.pick(['', ' ', ' '])}${chance.oneIn(2) ? chance.pick(WORDS) : ''}${chance.pick(['', ' '])}`;
    return `${chance.pick(WORDS)} ${repeated.repeat(Math.ceil(MESSAGE_MAX / Math.max(1, repeated.length)))}`.slice(0, MESSAGE_MAX - 20) + chance.pick(WORDS).slice(0, 20);
  }
  return Array.from({ length: chance.below(40) }, () => chance.pick(WORDS)).join(chance.pick([' ', '', '  '])).slice(0, MESSAGE_MAX);
}

/** What a visitor says, into the rules that run on it in the companion's own process: never long, never wrong in kind. */
export const detect = (): Family<string> => ({
  name: 'detectors',
  make: text,
  check(said) {
    const { strength, evidence } = detectRequest(said);
    if ((strength === 'none') !== (evidence === null)) return 'a request without evidence, or the other way round';
    const mood = frustration(said);
    if (!(mood >= 0 && mood <= 1)) return `frustration ${mood}`;
    if (![null, 'yes', 'no'].includes(consent(said))) return 'a consent that is none';
    satisfied(said);
    isRepeated(said, [said.slice(1), said]);
    return smallTalk(said) !== null || strength !== 'none';
  },
});
