import type { RequestRules } from './rules.ts';

const ID = '(?:seseorang|orang|(?:(?:customer service|cs|layanan|petugas) )?(?:manusia|agen|admin|cs|operator|customer service|petugas|staf|perwakilan|manajer|orang asli|orang sungguhan|layanan pelanggan))';
const VI = '(?:ai đó|người (?:thật|khác|hỗ trợ|phụ trách)|(?:một )?con người|nhân viên|tư vấn viên|tổng đài(?: viên)?|quản lý|chăm sóc khách hàng|cskh|bộ phận hỗ trợ)';

/** Languages whose words are not set apart by spaces, or carry endings: no word edges are asked for, except where said. */
export const ASIAN: RequestRules[] = [
  {
    language: 'zh', bounded: false, never: ['(?:不用|不要|不需要|别|不想)(?:再)?(?:帮我|给我)?(?:转|接|找|和|跟)?(?:人工|客服|真人|人)[^，。,.]*', '人工(?:费|智能|成本|制)', '添加[^，。]*', '你是[^，。]*(?:人工|真人|机器)[^，。]*'],
    explicit: ['(?:转|轉|接|找|要|换|換|呼叫|联系|聯繫|连接|需要|叫|想要)(?:一下|一个|个|到|至|入|我)*(?:人工|真人|客服|经理|經理|专员|活人)', '(?:和|跟|与|與|同)(?:一个|个)?(?:真人|人工|客服|活人|经理|专员|别人|人)(?:客服|员)?(?:聊|谈|談|说|說|讲|对话|沟通|通话)', '有(?:没有|沒有|无)?(?:真人|人工|活人)', '人工(?:客服|服务|服務|帮|坐席)'],
    ambiguous: ['有人(?:吗|在吗|嗎|在嗎)'], bare: '(?:请|请给我)?(?:人工|真人|客服|人工客服|真人客服|人工服务)(?:谢谢|吧|呢)?',
  },
  {
    language: 'ja', bounded: false, never: ['(?:つなが|繋が)なくて(?:も)?(?:いい|大丈夫)[^。]*', '(?:担当者|オペレーター|人|スタッフ)(?:は|を)?(?:不要|いりません|いらない|必要ありません)', '人間ですか', '(?:担当者|オペレーター|スタッフ)を?追加'],
    explicit: ['(?:人|人間|担当者?|オペレータ[ーー]?|スタッフ|店員|係(?:の方|員)|責任者|誰か|サポート|有人)(?:の方|さん)?(?:と|に)(?:直接)?(?:話|チャット|相談|つな|繋|会話|替わ|代わ|変わ|問い合わせ|切り替)', '有人(?:チャット|対応|サポート|オペレータ)', '(?:オペレーター|担当者|人間|スタッフ)(?:を)?(?:お願い|呼んで|出して|に代わ|希望)'],
    ambiguous: ['誰か(?:いますか|いませんか)'], bare: '(?:オペレーター|担当者|人間|有人|有人対応|スタッフ)(?:お願いします|で|を)?',
  },
  {
    language: 'ko', bounded: false, never: ['(?:상담원|상담사|사람)[^.,]*(?:필요 ?없|말고|안 ?해도|싫)[^.,]*', '(?:상담원|상담사) ?(?:계정|추가|자리)[^.,]*'],
    explicit: ['(?:상담원|상담사|사람|직원|담당자|매니저|고객센터|누군가|인간)(?:님)?(?:이랑|랑|과|와|하고|으로|로|에게|한테|을|를|좀| )* ?(?:직접 )?(?:연결|바꿔|바꾸|통화|얘기|이야기|대화|상담|말하|불러|돌려)', '(?:상담원|상담사|사람|직원) ?(?:불러|부탁|필요)', '진짜 사람'],
    ambiguous: ['누구 (?:있|계)(?:나요|어요|세요)'], bare: '(?:상담원|상담사|사람|직원)(?: ?(?:연결|요|주세요|부탁))?',
  },
  {
    language: 'id', bounded: true, never: ['(?:tidak|nggak|gak|ga|tak) (?:perlu|usah|mau|butuh)[^,.]*', 'jangan (?:hubungkan|sambungkan)[^,.]*'],
    explicit: [`(?:bicara|berbicara|ngobrol|chat|ngomong|berbincang|terhubung)(?: (?:langsung|saja))?(?: (?:dengan|sama|ke|dg|dgn))? ${ID}`, `(?:hubungkan|sambungkan|alihkan|transfer|hubungi)(?: (?:saya|aku|ke|dengan|kami|langsung))* ${ID}`, `(?:mau|minta|butuh|perlu|ingin)(?: (?:ke|sama))? (?:cs|agen|manusia|admin|operator)(?: (?:manusia|asli))?(?! (?:baru|tambahan))`, `(?:cs|agen|admin|operator) manusia`],
    ambiguous: ['ada orang'], bare: '(?:agen|cs|admin|manusia|operator|customer service)(?: (?:dong|tolong|please|manusia|ya))*', negation: '(?:tidak|jangan|bukan)(?! (?:tahu|bisa|mengerti))',
  },
  {
    language: 'vi', bounded: true, never: ['(?:không|đừng) (?:cần|muốn|phải|chuyển|kết nối)[^,.]*'],
    explicit: [`(?:nói chuyện|trò chuyện|chat|liên hệ|gặp|trao đổi|nói)(?: (?:trực tiếp))?(?: (?:với|cùng))? ${VI}`, `(?:kết nối|chuyển|nối máy)(?: (?:tôi|mình|cho tôi|máy|em))*(?: (?:với|đến|tới|sang|cho|qua))* ${VI}`, `(?:cần|muốn|gọi) (?:gặp )?(?:nhân viên|người thật|tư vấn viên)(?! mới)`],
    ambiguous: ['có ai (?:ở đó|không)'], bare: '(?:nhân viên|người thật|tư vấn viên|tổng đài viên)(?: (?:ơi|với|đi))*', negation: '(?:không|đừng)(?! (?:biết|hiểu))',
  },
];
