import { plain } from './plain.ts';

const YES = /^(?:(?:oh|ok|okay|well|um|hm|please|mm),? )*(?:yes|yeah|yep|yup|ya|sure|ok|okay|of course|please do|please|go ahead|do it|alright|absolutely|definitely|why not|i(?:'d| would)? (?:like|love) (?:that|to)|that would be (?:great|good|nice)|yes,? a person|a person|s[ií]|claro|vale|sim|por favor|oui|d'accord|volontiers|ja|gerne?|bitte|certo|va bene|graag|tak|poproszę|да|давайте|конечно|evet|tamam|olur|نعم|أجل|हाँ|हां|haan|ya|boleh|có|được|vâng|好|好的|是|是的|可以|要|はい|お願いします|네|예|좋아요|ja,? tack|gärna)(?![\p{L}\p{N}])(?!,? but)/u;
const NO = /^(?:(?:oh|ok|okay|well|um|hm),? )*(?:no+|nope|nah|not? (?:now|yet|really|needed|necessary)|no,? thanks?(?: you)?|keep trying|i'?m (?:good|fine|ok)|don'?t|never ?mind|later|maybe later|no gracias|não|nao|non|nein|nee|nie|nej|нет|не надо|hayır|لا|नहीं|nahi|tidak|nggak|không|不|不用|不要|いいえ|大丈夫です|아니요?|괜찮아요)(?![\p{L}\p{N}])/u;
/** A yes at the head of a long message is rarely the answer to the offer. */
const MAX_YES_WORDS = 8;

/** What a message says to the question "Would you like to talk to a person?"; null: something else. */
/** What comes after the yes is a question of its own: "ok, how do I …". */
const ASKS = /(?<![\p{L}])(?:how|what|where|when|why|which|who|(?:can|could|do|does|did|is|are) (?:i|you|we|it|there|they|your|the|this|that)|wie|was|wo|wann|warum|welche\p{L}*|kann|gibt|haben|cómo|qué|dónde|cuándo|comment|quand|où|quel\p{L}*|come|quando|dove|como|onde|hoe|wanneer|waar|hur|när)(?![\p{L}])/u;

export function consent(text: string): 'yes' | 'no' | null {
  const said = plain(text);
  if (NO.test(said)) return 'no';
  return YES.test(said) && said.split(' ').length <= MAX_YES_WORDS && !said.includes('?') && !ASKS.test(said.replace(YES, '')) ? 'yes' : null;
}
