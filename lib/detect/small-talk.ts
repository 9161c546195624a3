import { plain } from './plain.ts';

export type SmallTalk = 'greeting' | 'thanks' | 'bye' | 'acknowledgement' | 'how_are_you' | 'identity';

const FILLER = "(?: (?:there|all|team|everyone|bot|you|so|very|much|a lot|again|then|for (?:now|the help|your help|that|the info)|bro|mate|sir|guys|now|everybody))*";
const KINDS: Record<SmallTalk, RegExp> = {
  greeting: of(`(?:hi|hii+|hiya|hello|helo|hey|heya|hy|yo|howdy|greetings|good (?:morning|afternoon|evening|day)|hola|buenas|buenos d[ií]as|buenas tardes|ol[aá]|oi|bom dia|boa tarde|bonjour|salut|bonsoir|coucou|hallo|guten (?:tag|morgen|abend)|moin(?: moin)?|servus|grüß (?:gott|dich|euch)|gr[uü]ezi|hallöchen|ciao|salve|buongiorno|buonasera|hoi|goedemorgen|goedemiddag|hej|hejsan|tjena|cześć|czesc|dzień dobry|привет|здравствуйте|добрый день|merhaba|selam|مرحبا|السلام عليكم|नमस्ते|namaste|halo|hai|selamat (?:pagi|siang|malam)|xin chào|chào|你好|您好|こんにちは|안녕하세요|안녕)${FILLER}`),
  thanks: of(`(?:ok(?:ay)?,? |great,? |perfect,? |cool,? |yes,? |that helps,? |lovely,? |brilliant,? |awesome,? |nice,? |super,? |gut,? |alles klar,? |prima,? |toll,? |got it,? |wonderful,? |fantastic,? |good,? )*(?:thanks|thank you|thank u|thx|ty|cheers|much appreciated|gracias|muchas gracias|obrigad[oa]|merci(?: beaucoup)?|danke(?: schön| sehr)?|vielen dank|grazie(?: mille)?|bedankt|dank je|tack(?: så mycket)?|dziękuję|dzięki|спасибо|teşekkürler|sağ ol|شكرا|धन्यवाद|शुक्रिया|terima kasih|makasih|cảm ơn|谢谢|ありがとう(?:ございます)?|감사합니다|고마워요?)${FILLER}`),
  bye: of(`(?:ok(?:ay)?,? |alright,? |thanks,? )*(?:bye|goodbye|good bye|bye bye|see (?:you|ya)|good ?night|have a (?:nice|good|great) (?:day|one|evening|weekend)|cya|adi[oó]s|hasta luego|tchau|au revoir|tschüss|auf wiedersehen|arrivederci|doei|tot ziens|hej då|do widzenia|пока|до свидания|hoşça kal|görüşürüz|مع السلامة|अलविदा|sampai jumpa|tạm biệt|再见|さようなら|안녕히 계세요)${FILLER}`),
  acknowledgement: of(`(?:ok(?:ay)?|okie|k|alright|all right|fine|sure|cool|great|nice|perfect|awesome|got it|i see|understood|makes sense|good|yes|yep|yeah|no|nope|nah|no thanks|no thank you|never ?mind|lol|haha+|hm+|vale|de acuerdo|entendido|beleza|d'accord|in ordnung|alles klar|va bene|capito|prima|хорошо|ок|понятно|tamam|好的|はい|네)(?:,? (?:ok|thanks|cool|great|good|got it))*`),
  how_are_you: of(`(?:hi,? |hello,? |hey,? )?(?:how are (?:you|u)(?: doing)?(?: today)?|how(?:'s| is) it going|what'?s up|sup|you ok|nice to meet you|qué tal|cómo estás|ça va|wie geht(?:'s| es dir| es ihnen)|come stai|how do you do)`),
  identity: of(`(?:hi,? |hello,? |hey,? |so,? |wait,? )?(?:(?:are|r) (?:you|u) (?:a |an )?(?:real |actual |live )?(?:human|person|bot|robot|chatbot|machine|ai|real)(?: or (?:\\w+ ){0,3}\\w+)?|is this (?:a |an )?(?:real |live )?(?:human|person|bot|robot|chatbot|machine|ai)|am i (?:talking|speaking|chatting) (?:to|with) (?:a |an )?(?:real |actual )?(?:human|person|bot|robot|machine|computer|ai)|(?:who|what) are you|what(?:'s| is) your name|¿?eres (?:una persona o un robot|un robot|humano|una persona)|você é um robô|êtes-vous un robot|(?:bist du|sind sie|ist das) ein (?:echter )?(?:mensch|roboter|bot|computer)(?: oder (?:\\w+ ){0,3}\\w+)?|sei un robot|ben je een mens|är du en människa)`),
};

function of(source: string): RegExp {
  return new RegExp(`^(?:${source})(?:[ .!?,~]|\\p{Extended_Pictographic}|\\uFE0F|:\\)|:-\\))*$`, 'u');
}

/** The kind of small talk a whole message is, or null. A greeting in front of a question is the question's. */
export function smallTalk(text: string): SmallTalk | null {
  const said = plain(text);
  for (const [kind, rule] of Object.entries(KINDS)) if (rule.test(said)) return kind as SmallTalk;
  return null;
}
