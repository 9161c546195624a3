import { plain } from './plain.ts';
import { smallTalk } from './small-talk.ts';

const HELPED = /(?<![\p{L}])(?:that (?:worked|works|helps|helped|did it|solved it|fixed it|answers (?:it|my question))|it (?:works|worked|is working) (?:now)?|problem solved|solved|all (?:good|set|sorted)|that'?s (?:all|it|what i (?:needed|wanted))|you(?:'ve| have)? been (?:very |so )?helpful|very helpful|perfect,? thank)(?![\p{L}])/u;
const NOT = /(?<![\p{L}])(?:not|n't|dont|doesnt|didnt|never|nothing|but|no thanks|still|only if|if)(?![\p{L}])|n't/u;

/** The visitor says that the answer helped: thanks, or words to that effect, with nothing taken back. */
export function satisfied(text: string): boolean {
  const said = plain(text);
  if (said.includes('?') || NOT.test(said)) return false;
  return smallTalk(text) === 'thanks' || HELPED.test(said);
}
