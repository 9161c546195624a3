import type { Policy } from '#lib/protocol/settings.ts';
import { plain } from './plain.ts';

const LETTER = /[\p{L}\p{N}]/u;
/** Words of scripts that are written without spaces have no edges to look for. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Which of the admin's words and phrases stand in a message, whatever their case and spacing; each once. No patterns: the words are what they are. */
export function policyHits(text: string, policies: readonly Policy[]): Policy[] {
  if (policies.length === 0) return [];
  const said = plain(text);
  return policies.filter(({ words }) => stands(said, plain(words)));
}

/** As whole words: "lawyer" is not in "lawyerless". */
function stands(said: string, words: string): boolean {
  if (words === '') return false;
  for (let at = said.indexOf(words); at >= 0; at = said.indexOf(words, at + 1)) {
    if (UNSPACED.test(words) || (!isLetter(said[at - 1]) && !isLetter(said[at + words.length]))) return true;
  }
  return false;
}

const isLetter = (sign: string | undefined): boolean => sign !== undefined && LETTER.test(sign);
