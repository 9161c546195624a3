import { plain } from './plain.ts';

const edge = (source: string): RegExp => new RegExp(`(?<![\\p{L}])(?:${source})(?![\\p{L}])`, 'gu');
/** Each hit adds its weight; 0.7 is "frustrated" to the meter, so one strong word is enough and one mild word is not. */
const SIGNS: { rule: RegExp; weight: number }[] = [
  { weight: 0.75, rule: edge("furious|fuck\\w*|bullshit|piss(?:ed)? off|pissed|this is (?:so |really |very |extremely )?(?:frustrating|ridiculous|infuriating|absurd|unacceptable|outrageous|pathetic)|(?:you(?:'re| are)|this (?:bot|chat|thing) is|(?:your |stupid |dumb |the )?bot is) (?:so |absolutely |completely |totally )?(?:useless|stupid|dumb|worthless|terrible|rubbish|no help)|useless bot|stupid bot|waste of (?:my )?time|wast(?:e|ing) (?:my )?time|sick of|fed up|(?:third|fourth|fifth|tenth|hundredth|3rd|4th|5th|10th) time|how many times|worst|scam|scammers|ridiculous|unacceptable|merde|mierda|scheiße|cazzo|блять|inaceptable|inacceptable|unverschämt|unmöglich von|(?:völlig|total|absolut|komplett) nutzlos|lächerlich|zum (?:dritten|vierten|fünften|zehnten|x-ten|hundertsten) mal|(?:es )?reicht mir|esto es (?:ridículo|inútil)|a joke|un chiste|une blague|c'est (?:nul|ridicule|inadmissible)") },
  { weight: 0.4, rule: edge("frustrat\\w*|annoy\\w*|angry|disappointed|useless|terrible|awful|horrible|not (?:helpful|helping|working at all)|no help|that(?:'s| is) not what i (?:asked|meant|said)|you (?:don'?t|do not|didn'?t) understand|doesn'?t help|didn'?t help|hilft (?:mir )?nicht|nutzlos|schrecklich|furchtbar|enttäuscht|inutile|inútil|no (?:me )?sirve|wtf|damn|come on|seriously|again and again|still (?:not|no|nothing)|wrong answer|already (?:told|said|asked)|makes no sense") },
];

/** How frustrated a message sounds, 0 to 1, by words, shouting and repeated marks. Quoted errors may fool it. */
export function frustration(text: string): number {
  const said = plain(text);
  const words = SIGNS.reduce((sum, { rule, weight }) => sum + weight * (said.match(rule)?.length ?? 0), 0);
  const letters = text.replace(/[^\p{L}]/gu, '');
  const shouts = letters.length >= 12 && letters === letters.toUpperCase() && letters !== letters.toLowerCase() ? 0.4 : 0;
  const marks = /[!?]{3,}/.test(text) ? 0.3 : 0;
  return Math.min(1, words + shouts + marks);
}
