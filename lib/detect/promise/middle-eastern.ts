import { gap, type PromiseRules } from './rules.ts';

const T = (most: number): string => gap(most, 'değil|asla|hiçbir|kimse');
const TR = '(?:biri|birisi|(?:bir |bizim |müsait (?:bir )?|başka bir )?(?:(?:müşteri|canlı|destek|uzman|gerçek) )?(?:temsilci|temsilcimiz|temsilciye|temsilcimize|temsilcisi\\p{L}*|arkadaş\\p{L}*|meslektaş\\p{L}*|ekib\\p{L}+|ekip\\p{L}*|uzman\\p{L}*|yetkili\\p{L}*|çalışan\\p{L}*|operatör\\p{L}*|insan\\p{L}*|kişi\\p{L}*|danışman\\p{L}*|yönetici\\p{L}*|destek ekib\\p{L}+|müşteri hizmetleri\\p{L}*|görevli\\p{L}*))';
const TR_THING = '(?:talebin\\p{L}*|isteğin\\p{L}*|mesajın\\p{L}*|sorunu\\p{L}*|sorununuz\\p{L}*|sorunuz\\p{L}*|konu\\p{L}*|durum\\p{L}*|şikayetin\\p{L}*|görüşme\\p{L}*|sohbet\\p{L}*|bilgilerin\\p{L}*)';

const AR = '(?:أحد (?:موظفينا|زملائي|ممثلينا|أعضاء \\S+|الموظفين|الزملاء|الممثلين)|(?:ال)?(?:موظف|زميل|ممثل|مختص|وكيل|شخص|خبير|مشرف|مسؤول|مستشار)(?:ا|ين|ي|ة|نا)?(?: (?:خدمة العملاء|الدعم|بشري|حقيقي|آخر|من \\S+(?: \\S+)?))?|(?:فريق(?:نا)?|قسم|خدمة)(?: (?:الدعم|العملاء|خدمة العملاء|الفني))*)';

const HI = '(?:कोई|हमारी टीम|हमारे (?:एजेंट|सहकर्मी|प्रतिनिधि|विशेषज्ञ|टीम)|हमारा (?:एजेंट|प्रतिनिधि|सहकर्मी)|एक (?:एजेंट|प्रतिनिधि|सहकर्मी|व्यक्ति|इंसान|विशेषज्ञ)|(?:कोई|मेरा|मेरे|किसी) (?:एजेंट|सहकर्मी|प्रतिनिधि|व्यक्ति|इंसान|सहयोगी)|एजेंट|प्रतिनिधि|सपोर्ट टीम|टीम|सहायता टीम)';

export const MIDDLE_EASTERN: PromiseRules[] = [
  {
    language: 'tr', bounded: true,
    channel: '(?:\\S{1,64}@\\S{1,64}|bize (?:e-?posta|mail) (?:gönder|at|yaz)\\p{L}*|formunu doldur\\p{L}*|bizi (?:ara|arayın|arayabilirsiniz))',
    claims: [
      `(?:sizi|seni)${T(5)} (?:bağlıyorum|aktarıyorum|bağlayacağım|aktaracağım|yönlendiriyorum|yönlendireceğim|bağlayabilirim|aktarabilirim|bağlıyoruz|aktarıyoruz|bağlayalım|bağlayayım(?: mı)?|aktarayım(?: mı)?|yönlendirebilirim)(?! sayfa)`, `(?:bağlanıyorsunuz|aktarılıyorsunuz|bağlanacaksınız|aktarılacaksınız|bağlanıyorsun)`, `${TR_THING}${T(4)} (?:ilettim|iletiyorum|ileteceğim|aktardım|yönlendirdim|iletildi|aktarıldı|yükseltildi|yükselttim|yönlendirildi|iletilecek|iletiyoruz|iletilmiştir|aktarıyorum|aktaracağım)`, `${TR}${T(3)} (?:ilettim|iletiyorum|ileteceğim|haber verdim|haber vereceğim|haber veriyorum|bilgilendirdim|bilgilendiriyorum|bilgilendirildi|bilgi verildi|soracağım|sordum|çağırıyorum|çağıracağım|danışacağım)`,
      `${TR}${T(5)} (?:sizi|sizinle|size|seni|seninle|sana)${T(4)} (?:arayacak\\p{L}*|iletişime geçecek\\p{L}*|dönecek\\p{L}*|dönüş yapacak\\p{L}*|geri dönecek\\p{L}*|yanıt verecek\\p{L}*|yazacak\\p{L}*|ulaşacak\\p{L}*|yardımcı olacak\\p{L}*|görüşecek\\p{L}*|geçecek\\p{L}*)`, `${TR}${T(4)} (?:sohbete katılacak|devralacak|ilgilenecek|görüşmeyi devralacak|katılıyor|yolda|dönüş yapacak|iletişime geçecek)\\p{L}*`, `(?:sizi|seni|size|sana|sizinle)${T(3)} (?:(?:geri )?arayacağız|dönüş yapacağız|geri döneceğiz|iletişime geçeceğiz|ulaşacağız|geri dönüş yapacağız|döneceğim|arayacağım)`, `(?:destek )?(?:kaydı|talebi|bilet)${T(2)} (?:oluşturdum|açtım|oluşturuldu|açıldı|oluşturuyorum|açıyorum)`, `geri arama (?:ayarladım|planladım|talep ettim|talebi oluşturdum)`, `(?:sıradasınız|kuyruktasınız|sıradaki kişisiniz)`, `(?:bekleyin|hatta kalın|bir dakika)[^.;]{0,30}(?:bağlıyorum|aktarıyorum|${TR} (?:gelene|katılana|bağlanana))`,
    ],
  },
  {
    language: 'ar', script: /[\p{Script=Arabic}]/u, bounded: false,
    channel: '(?:\\S{1,64}@\\S{1,64}|راسلنا على|أرسل بريد|اتصل بنا على|املأ النموذج|عبر النموذج)',
    claims: [
      '(?<!لا |لن |لم )(?:سأقوم بتحويلك|سأحولك|سأحوّلك|أحولك|أحوّلك|جاري تحويلك|جارٍ تحويلك|جار تحويلك|سيتم تحويلك|يتم تحويلك|تم تحويلك|سأوصلك|أوصلك|سأربطك|يمكنني تحويلك|يمكنني توصيلك|سنحولك|سنقوم بتحويلك|يتم الآن تحويلك|سيتم توصيلك|سأقوم بتوصيلك|هل تريد أن أحولك|هل تود أن أحولك)(?! إلى (?:صفحة|الموقع|موقع|رابط))', '(?<!لا |لن |لم )(?:لقد )?(?:قمت بتصعيد|صعّدت|صعدت|سأصعد|سأقوم بتصعيد|تم تصعيد|سيتم تصعيد)', `(?<!لا |لن |لم )(?:قمت بإحالة|أحلت|سأحيل|حولت|سأنقل|نقلت|أرسلت|سأرسل|تم (?:تحويل|إحالة|نقل|إرسال)|سأحول|أبلغت|سأبلغ|أخبرت|سأخبر|سأسأل|سألت|تم (?:إبلاغ|إخطار)|سأطلب من|طلبت من)(?: (?:طلبك|رسالتك|سؤالك|مشكلتك|شكواك|محادثتك|استفسارك|الأمر))?(?: (?:إلى|من|ل|على))? ?${AR}`, 'تم تحويل (?:محادثتك|طلبك|استفسارك)',
      `(?:سيتصل|سوف يتصل|سيتواصل|سوف يتواصل|سيرد|سيعود|سيراسلك|سينضم|سيتولى|سيقوم|سيتم التواصل|سوف يقوم|سيجيبك)(?: بك| معك| عليك| إليك)?(?: (?:قريبا|قريباً))? ?(?:${AR})`, `${AR}[^،,.]{0,25}(?:سيتصل|سوف يتصل|سيتواصل|سوف يتواصل|سيرد عليك|سيعود إليك|سينضم|سيتولى|سيكون معك|سيساعدك (?:قريب|خلال|حال)|سيراسلك|في الطريق)`, '(?:سنتصل بك|سنتواصل معك|سوف نتصل بك|سوف نتواصل معك|سنعود إليك|سنرد عليك|سأعود إليك|سأتواصل معك|سيتم الاتصال بك|سيتم التواصل معك|ستتلقى (?:مكالمة|اتصال[اً]*|رد[اً]*) من)', '(?:فتحت|أنشأت|سأفتح|سأنشئ|تم (?:فتح|إنشاء)) (?:لك )?(?:تذكرة|طلب دعم|بلاغ)', `(?:انتظر|يرجى الانتظار|ابق معي)[^.،]{0,30}(?:حتى|بينما|ريثما)[^.،]{0,12}(?:أحول|أوصل|${AR}|ينضم)`, '(?:أنت|رقمك)[^.،]{0,12}(?:في قائمة الانتظار|في الطابور)',
    ],
  },
  {
    language: 'hi', script: /[\p{Script=Devanagari}]/u, bounded: false,
    channel: '(?:\\S{1,64}@\\S{1,64}|हमें ईमेल|फ़ॉर्म भर|फॉर्म भर|हमें कॉल करें)',
    claims: [
      '(?:मैं|हम)[^।,.]{0,50}(?:से|के साथ) (?:जोड़|कनेक्ट)[^।,.नत]{0,4}(?:कर )?(?:रहा|रही|रहे|दूंगा|दूँगा|दूंगी|दूँगी|देता|देती|देंगे|ता|ती|ूंगा|ूंगी|सकता|सकती)', '(?:आपको|तुम्हें)[^।,.]{0,40}(?:से|को|के साथ) (?:जोड़|कनेक्ट|ट्रांसफर|ट्रांसफ़र)[^।,.]{0,10}(?:रहा|रही|रहे|दूंगा|दूँगा|दूंगी|दूँगी|देंगे|जाएगा|जा रहा|देता|करूंगा|करूंगी|सकता हूं|सकती हूं|सकता हूँ|सकती हूँ)', '(?:मैंने|हमने)[^।.]{0,50}(?:को|तक|टीम) ?(?:भेज|बता|सौंप|सूचित|एस्केलेट|अग्रेषित|फॉरवर्ड|फ़ॉरवर्ड|पहुंचा|पहुँचा)', '(?:एस्केलेट|आगे बढ़ा|फॉरवर्ड|फ़ॉरवर्ड) (?:कर )?(?:दिया|दी|रहा|रही|दूंगा|दूंगी)(?: गया| गई)?',
      `${HI}[^।,.]{0,40}(?:संपर्क करेग|संपर्क करेंगे|कॉल करेग|कॉल करेंगे|जवाब देग|जवाब देंगे|फोन करेग|फ़ोन करेग|जुड़ेग|जुड़ेंगे|बात करेग|संभालेग|ईमेल करेग|मदद करेगा (?:जल्द|अभी)|शामिल होग|जुड़ जाएग)`, '(?:हम|मैं)[^।,.नम]{0,25}(?:आपसे|आपको|आप से)[^।,.]{0,30}(?:संपर्क करेंगे|कॉल करेंगे|वापस कॉल|जवाब देंगे|संपर्क करूंगा|बताएंगे|संपर्क करूंगी)', '(?:आपसे|आपको)[^।,.]{0,20}(?:जल्द|शीघ्र)[^।,.]{0,15}(?:संपर्क किया जाएगा|कॉल आएगा|कॉल आएगी)', '(?:टिकट|शिकायत) (?:बना|दर्ज कर|खोल) ?(?:दिया|दी|दूंगा|दूंगी|रहा|रही)', 'आप (?:कतार|लाइन) में',
    ],
  },
];
