import type { RequestRules } from './rules.ts';

const TR = '(?:(?:gerçek |canlı |yetkili )?(?:biri|birisi|insan|temsilci|yetkili|müşteri (?:temsilcisi|hizmetleri)|müşteri hizmet\\p{L}*|operatör|çalışan|destek|danışman|kişi)\\p{L}*)';
const AR = '(?:ال|ب|لل?|مع ?)?(?:شخص|انسان|إنسان|موظف|وكيل|ممثل|أحد|احد|مسؤول|مدير|خدمة العملاء|الدعم|بشري|مشغل)';
const HI = '(?:किसी )?(?:असली )?(?:इंसान|एजेंट|आदमी|व्यक्ति|कस्टमर केयर|कस्टमर सर्विस|प्रतिनिधि|मैनेजर|ऑपरेटर|सपोर्ट|किसी)';
const HI_LATIN = '(?:kisi )?(?:asli )?(?:agent|insaan|insan|human|customer care|operator|manager|banda|aadmi|kisi|executive|representative)';

export const MIDDLE_EASTERN: RequestRules[] = [
  {
    language: 'tr', bounded: true, never: ['(?:bağlama|aktarma)(?:yın|nıza gerek yok)?', `${TR} (?:istemiyorum|gerek yok|gerekmiyor)`, 'insan mısın(?:ız)?'],
    explicit: [`${TR}(?: ile| birebir| canlı)* (?:konuş|görüş|sohbet|bağlan|yazış)\\p{L}*(?: (?:istiyorum|isterim|lazım|\\p{L}+))?`, `${TR} (?:bağla|aktar|yönlendir)\\p{L}*`, '(?:canlı destek|insan|temsilci|müşteri temsilcisi|yetkili) (?:istiyorum|lazım|gerek|verin|rica)'],
    ambiguous: ['kimse (?:yok mu|var mı)', 'biri(?:si)? var mı'], bare: '(?:canlı |gerçek )?(?:temsilci|müşteri temsilcisi|insan|canlı destek|operatör|yetkili)(?: (?:lütfen|hemen))*',
  },
  {
    language: 'ar', bounded: false, never: ['(?:لا|لست) (?:أريد|اريد|داعي|حاجة|بحاجة|تحول)[^،,.]*', 'هل أنت (?:إنسان|انسان|شخص|روبوت)[^،,.]*', '(?:أضيف|اضيف|إضافة) [^،,.]*'],
    explicit: [`(?:التحدث|اتحدث|أتحدث|أتكلم|اتكلم|التكلم|الحديث|أكلم|اكلم|تكلم|التواصل|أتواصل|اتواصل)(?: مباشرة)? ?(?:مع|إلى|الى|ب)? ?${AR}`, `(?:حولني|حوّلني|حولوني|وصلني|وصلوني|أوصلني|اوصلني|صلني|تحويلي)(?: (?:إلى|الى|ب|مع|ل))? ?${AR}`, `(?:أريد|اريد|أحتاج|احتاج|ابغى|عايز|بدي)(?: إلى)? (?:موظف|شخص|إنسان|انسان|ممثل|وكيل)`],
    ambiguous: ['هل (?:هناك|يوجد) أحد'], bare: '(?:موظف|إنسان|انسان|شخص حقيقي|خدمة العملاء|موظف خدمة العملاء|ممثل خدمة العملاء)(?: (?:من فضلك|لو سمحت))?',
  },
  {
    language: 'hi', bounded: false, never: ['(?:बात )?नहीं (?:करनी|करना|चाहिए)[^।,.]*', '(?:agent|insaan|insan) nahi chahiye'],
    explicit: [`${HI} (?:से|के साथ|को) (?:सीधे |अभी )?(?:बात|कनेक्ट|जोड़|चैट|संपर्क|मिला|कॉल)`, `(?:इंसान|एजेंट|प्रतिनिधि) (?:चाहिए|बुला|दो|दीजिए)`, `(?<![a-z])${HI_LATIN} (?:se|ke saath|ko) (?:direct )?(?:baat|bat|connect|chat|milao|jod)`, '(?<![a-z])(?:agent|insaan|insan) (?:chahiye|chaiye|bulao)'],
    ambiguous: ['कोई है'], bare: '(?:एजेंट|इंसान|कस्टमर केयर)(?: (?:प्लीज|चाहिए|कृपया))?',
  },
];
