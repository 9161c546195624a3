import type { PromiseRules } from './rules.ts';

const ZH = '(?:有人|人工(?:客服|坐席|服务|專員)?|(?:真人|在线|专属|線上|我们的|我們的|一位|一名|相关|相關|其他){0,2}(?:客服|专员|專員|同事|工作人员|工作人員|团队|團隊|专家|專家|经理|經理|坐席|代表|顾问|顧問|技术人员|主管|负责人|負責人|真人|人员)(?:人员|人員|代表|团队|團隊)?)';
const JA = '(?:担当者?|オペレーター|スタッフ|係の者|係員|専門(?:の)?(?:スタッフ|担当者?|チーム)?|弊社(?:の)?(?:スタッフ|担当者?|チーム)|当社(?:の)?(?:スタッフ|担当者?)|人間|サポート(?:チーム|担当者?|スタッフ|部門)?|カスタマー(?:サポート|サービス)|責任者|上司|同僚|有人(?:チャット|対応)|エージェント|チーム|別の者)';
const KO = '(?:상담원|상담사|담당자|직원|동료|팀|고객센터|전문가|매니저|상담 ?직원|지원팀|고객지원팀|상담팀|실제 사람|사람|관리자)';
const ID = '(?:seseorang|(?:(?:salah satu|seorang|tim|para) )?(?:agen|petugas|rekan|staf|tim|customer service|cs|perwakilan|operator|admin|spesialis|manajer|layanan pelanggan)(?: (?:kami|saya|dukungan|support|layanan pelanggan|kami yang \\p{L}+|manusia))*)';
const VI = '(?:(?:một )?(?:nhân viên|đồng nghiệp|tư vấn viên|chuyên viên|tổng đài viên|người|bộ phận|đội ngũ|chuyên gia|quản lý|ai đó|đại diện|nhóm)(?: (?:hỗ trợ|chăm sóc khách hàng|của chúng tôi|tư vấn|phụ trách|của tôi|kỹ thuật|bên tôi|thật))*)';

/** Languages whose words are not set apart by spaces, or carry endings: no word edges are asked for, except where said. */
export const ASIAN: PromiseRules[] = [
  {
    language: 'zh', script: /[\p{Script=Han}]/u, bounded: false,
    channel: '(?:\\S{1,64}@\\S{1,64}|发送?(?:电子)?邮件(?:至|到|给)|填写[^，。]*表|拨打|致电)',
    never: ['(?:无法|無法|不能|不会|不會|没办法|沒辦法|没有权限|不可以)[^，。,.]{0,60}', '(?:按|点击|點擊|点|使用|通过)[^，。]{0,14}(?:按钮|按鈕)[^。]{0,80}', '您?可以(?:随时)?(?:按|点击|選擇|选择|申请|要求)[^，。]{0,60}'],
    claims: [
      `(?:我|我们|我們|这就|這就|马上|馬上|正在|现在|現在|立即|将|將|会|會|可以|帮您|幫您|为您|為您|请稍[等候]|請稍[等候])[^，。,.]{0,10}(?:转接|轉接|转给|轉給|转到|轉到|接通|连接|連接|联系|聯繫|转|轉|通知|安排|请|呼叫|找|询问|詢問|咨询)[^，。,.]{0,8}${ZH}`, '(?:正在|马上|立即|这就|馬上|這就)(?:为您|為您|帮您|幫您|给您|給您)?(?:转接|轉接|接通|转人工|轉人工)', '(?:为您|為您|帮您|幫您|给您|替您)(?:转接|轉接|转人工|轉人工|接通)', `(?:已|已经|已經|我把|我将|我將|我会把|我會把|会将|會將|将把)[^，。,.]{0,16}(?:转交|轉交|提交|上报|上報|反馈|反饋|转给|轉給|转达|轉達|升级|升級|移交|通知|告知|联系|聯繫)[^，。,.]{0,8}(?:${ZH}|相关部门|相關部門|上级|上級)`, '(?:已|已经|已經|会|將|将)[^，。,.]{0,12}(?:升级|升級|上报|上報)(?!到?(?:版|系统|系統|软件))',
      `(?:有|会有|會有)${ZH}[^，。,.]{0,12}(?:回电|回電|电话|電話|联系|聯繫|回复|回覆)`, `${ZH}[^，。,.]{0,3}(?:会|會|将|將|马上|馬上|很快|稍后|稍後|正在|尽快|儘快|随后|隨後|就|即将|即將|已)[^，。,.]{0,14}(?:联系|聯繫|致电|回复|回覆|回电|回電|打电话|打電話|跟进|跟進|接手|加入|与您|與您|和您|为您服务|為您服務|处理|處理|给您|給您|联络|聯絡|答复|赶来|收到)`, '(?:我们|我們|我)(?:会|會|将|將|稍后|稍後|尽快|儘快|很快|随后)[^，。,.]{0,10}(?:联系您|聯繫您|联系你|回复您|回覆您|给您回电|回电|打电话给您|给您打电话|与您联系|與您聯繫|和您联系|跟进|跟進)', '(?:您|你)(?:会|會|将|將)[^，。,.]{0,8}(?:收到|接到)[^，。,.]{0,10}(?:客服|我们|我們|同事|团队)[^，。,.]{0,8}(?:回复|电话|来电|回覆|電話)', '(?:已|已经|已經|我)(?:为您|為您|帮您|幫您)?(?:创建|建立|开|開|提交)(?:了)?(?:一个|一張|一张)?(?:工单|工單)', '(?:您|你)[^，。,.]{0,8}(?:排队|排隊|队列|隊列)[^，。,.]{0,6}(?:第|中)', '已(?:为您|為您)?安排[^，。]{0,6}(?:回电|回電|回访|專人|专人)',
    ],
  },
  {
    language: 'ja', script: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u, bounded: false,
    channel: '(?:\\S{1,64}@\\S{1,64}|メールをお送り(?:ください|いただ)|フォーム(?:から|に|より)|お電話ください)',
    never: ['[^。]{0,60}(?:できません|できかねます|いたしかねます|ありません|ことはない)', '[^。、]{0,30}ボタン(?:から|で|を)[^。]{0,80}'],
    claims: [
      `(?:${JA}|人)(?:の者)?(?:に|へ|と)(?:直ちに|すぐに|今すぐ|ただいま|これから)?(?:お)?(?:つなぎ|繋ぎ|つない|繋い|引き継|取り次|おつなぎ|転送|お回し|交代|代わり|替わり|接続)(?!方)`, '(?:おつなぎ|お繋ぎ|取り次ぎ|お取次ぎ|引き継ぎ|転送)(?:いた)?(?:します|しました|しております|しています|いたします|ております|する(?:こと|よう))', `(?:${JA})(?:の者)?(?:に|へ)[^。、]{0,12}(?:お伝え(?:し|いたし)|伝えて|伝えまし|連絡(?:し|いたし)|報告(?:し|いたし)|エスカレ|共有(?:し|いたし)|確認(?:し|いたし)|相談(?:し|いたし)|通知(?:し|いたし)|依頼(?:し|いたし))`, 'エスカレ(?:ーション)?(?:いた)?(?:し|ート)',
      `(?:${JA})(?:の者)?(?:が|から|より|は)[^。]{0,24}(?:ご?連絡(?:いた)?(?:し|させ|を差し上げ|を入れ|が(?:あり|行き|いき)|差し上げ)|お電話(?:いた)?(?:し|を差し上げ|差し上げ|させ)|折り返|返信(?:いた)?し|ご?返答(?:いた)?し|ご?回答(?:いた)?し|参加(?:いた)?し|引き継|対応(?:いたし|させて)|まいり|参り|伺い|お答え(?:いた)?し)(?!く)`, '(?:後ほど|追って|のちほど|改めて|すぐに|まもなく|折り返し)[^。、]{0,10}(?:ご?連絡(?:いた)?(?:し|させ|を差し上げ)|お電話(?:いた)?(?:し|を差し上げ|させ)|返信(?:いた)?し|ご?回答(?:いた)?し)(?!て?ください)', 'こちらから(?:折り返し)?(?:ご?連絡|お電話)', '折り返し(?:の)?(?:お電話|ご?連絡)[^。、]{0,4}(?:いた|し|を(?:手配|予約|差し上げ))', '(?:チケット|お問い合わせ票|ケース)を(?:作成|発行|起票|登録)(?:いた)?し', '(?:順番|列)(?:は|が)?[^。]{0,6}番目', `(?:お待ちください|少々お待ち)[^。]{0,12}(?:${JA})`, `(?:${JA})(?:が|の)?(?:来る|参る|対応する|到着する)まで(?:少々)?お待ち`, `(?:${JA})[^。、]{0,8}向かって`,
    ],
  },
  {
    language: 'ko', script: /[\p{Script=Hangul}]/u, bounded: false,
    channel: '(?:\\S{1,64}@\\S{1,64}|이메일을? ?보내|양식을? ?작성|전화해 ?주)',
    never: ['[^.]{0,60}(?:수 없|못합니다|않습니다|없습니다|못 ?해)[^.]{0,20}', '[^.,]{0,30}버튼을?[^.]{0,80}'],
    claims: [
      `${KO}(?:님)?(?:에게|께|한테|으로|로|과|와|이랑|랑|을|를)? ?(?:바로 |지금 |곧 |직접 )*(?:연결|전달|넘겨|이관|에스컬레이션|문의|알리|알려|요청|보고|호출|불러)(?:해|하|을|를|시켜|드리|했|겠|할|중|받|되|드릴|드렸|이)[^.,]{0,14}(?:드리|하겠|했습니다|할게|습니다|겠습니다|합니다|드릴게|중입니다|까요|됩니다|니다)`, '(?:연결|이관)(?:해|하여)? ?(?:드리겠|드릴게|드리고|하겠|할게|해 드리|중입니다)', '(?:에스컬레이션|상부에 전달)(?:했|하겠|되었|됐)', `(?:담당 ?부서|관련 부서|담당팀)(?:에|로|으로) ?(?:전달|이관)(?:했|하겠|되었|해)`,
      `${KO}(?:님)?(?:이|가|에서|께서|은|는)[^.]{0,22}(?:연락(?:드|을 드|할|해)|전화(?:드|를 드|할|해)|답변(?:드|을 드|할|해)|회신|도와드릴 (?:예정|것)|합류|참여할|인계|이어받|확인 후|찾아뵐)`, '(?:곧|나중에|빠른 시일|최대한 빨리|잠시 후|저희가|제가)[^.,]{0,14}(?:다시 )?(?:연락(?:드|을 드)|전화(?:드|를 드)|회신(?:드|해)|답변드리겠)', '(?:티켓|문의 ?건|케이스|콜백)(?:을|를)? ?(?:생성|접수|등록|예약|만들)(?:했|하였|하겠|해 드)', '(?:대기열|대기 순서|대기 순번)', `(?:${KO})[^.,]{0,10}(?:오고 있|가고 있|연결될 때까지|올 때까지)`,
    ],
  },
  {
    language: 'id', bounded: true,
    channel: '(?:\\S{1,64}@\\S{1,64}|kirim(?:kan)? (?:e-?mail|email|surel) ke|isi formulir|telepon kami di|hubungi kami di)',
    never: ['(?:tidak|belum|jangan|tak) (?:bisa|dapat|akan|perlu)[^,.;]*', '(?:tekan|klik|gunakan) (?:tombol)[^,.;]*'],
    claims: [
      `(?:saya|kami)(?: (?:akan|sedang|bisa|dapat|segera|ingin))* (?:menghubungkan|hubungkan|menyambungkan|sambungkan|mengalihkan|alihkan|mentransfer|transfer|oper)(?: (?:anda|kamu|kak|kakak|chat ini|percakapan ini))*(?! ke (?:halaman|situs|wi-?fi))`, `(?:saya|kami)(?: (?:akan|sudah|telah|segera))* (?:meneruskan|teruskan|mengeskalasi|eskalasi|melaporkan|laporkan|menyampaikan|sampaikan)(?: \\p{L}+){0,4} (?:ke|kepada|pada) ${ID}`, `(?:saya|kami)(?: (?:akan|sudah|telah|segera))* (?:mengeskalasi|eskalasikan|eskalasi)`, `(?:saya|kami)(?: (?:akan|sudah|telah|segera))* (?:memberi tahu|menghubungi|hubungi|memanggil|meminta|menanyakan kepada|bertanya kepada|memberitahu|panggilkan) ${ID}`,
      `(?:anda|kamu)(?: (?:akan|sedang|segera))* (?:dihubungkan|disambungkan|dialihkan|dihubungi)(?: (?:dengan|ke|oleh)) ${ID}`, `(?:permintaan|pesan|pertanyaan|kasus|keluhan|percakapan|masalah)(?: (?:anda|kamu|ini))? (?:sudah |telah |akan |sedang )+(?:diteruskan|dieskalasi|disampaikan|dialihkan)`, `${ID}(?: (?:akan|segera|sebentar lagi))+ (?:segera )?(?:menghubungi|menelepon|membalas|membantu anda (?:segera|sebentar)|bergabung|mengambil alih|menjawab|menindaklanjuti|menangani)`, `(?:kami|saya) akan (?:segera )?(?:menghubungi|menelepon|menghubungi kembali|membalas|menindaklanjuti|mengabari)`, `(?:tiket|laporan)(?: \\p{L}+){0,2} (?:sudah|telah) (?:dibuat|dibuka)`, `(?:saya|kami)(?: (?:akan|sudah|telah))* (?:membuat|membuka|buatkan) tiket`, `(?:anda|kamu)(?: \\p{L}+){0,3} (?:dalam|di) antrean`, `(?:mohon tunggu|tunggu sebentar|harap tunggu)[^.;]{0,30}(?:menghubungkan|hubungkan|sambungkan|sampai ${ID}|${ID})`,
    ],
  },
  {
    language: 'vi', bounded: true,
    channel: '(?:\\S{1,64}@\\S{1,64}|gửi (?:email|thư) (?:đến|tới|cho)|điền (?:vào )?(?:biểu mẫu|mẫu)|gọi (?:đến|tới) số)',
    never: ['(?:không|chưa|đừng) (?:thể|cần|phải|được|thể)[^,.;]*', '(?:nhấn|bấm|dùng|chọn) (?:vào )?nút[^,.;]*'],
    claims: [
      `(?:tôi|mình|em|chúng tôi)(?: (?:sẽ|đang|có thể|xin|xin phép|vừa|đã|ngay))* (?:kết nối|chuyển|nối máy)(?: (?:bạn|anh|chị|quý khách|cuộc (?:trò chuyện|gọi)|máy|yêu cầu|câu hỏi|vấn đề|này|của bạn|ngay|tiếp|lên))* (?:với|đến|tới|sang|cho|qua) ${VI}`, `(?:đang|sẽ) (?:kết nối|chuyển) (?:bạn|anh|chị|quý khách) (?:ngay|với|đến|tới|sang|cho)(?! trang)`, `(?:tôi|mình|em|chúng tôi)(?: (?:sẽ|đã|vừa))* (?:báo|thông báo|nhờ|hỏi|gọi|liên hệ(?: với)?|báo cáo)(?: (?:cho|với|lên))* ${VI}`, `(?:tôi|chúng tôi)(?: (?:sẽ|đã))* (?:tạo|mở) (?:một )?(?:phiếu|yêu cầu|ticket) hỗ trợ`,
      `${VI} sẽ(?: (?:sớm|nhanh chóng|ngay|sớm nhất|trực tiếp|chủ động))* (?:liên hệ|gọi|phản hồi|trả lời|tham gia|tiếp nhận|liên lạc|hỗ trợ bạn (?:ngay|trong|sớm)|tiếp quản|nhắn)`, `(?:chúng tôi|tôi|mình|em) sẽ(?: (?:sớm|nhanh chóng|ngay))* (?:liên hệ(?: lại)?|gọi lại|gọi cho|phản hồi|liên lạc)(?: (?:với|cho|lại|bạn|quý khách))`, `(?:bạn|quý khách|anh|chị)(?: (?:sẽ|đang|đã))+ được (?:kết nối|chuyển|liên hệ|gọi lại)(?! (?:đến|tới|sang) trang)`, `(?:yêu cầu|câu hỏi|vấn đề|khiếu nại|tin nhắn)(?: của (?:bạn|quý khách))? (?:đã|sẽ|đang) được (?:chuyển|gửi|báo)(?: \\p{L}+){0,2} (?:đến|tới|cho|lên) ${VI}`, `(?:bạn|quý khách)(?: \\p{L}+){0,3} trong hàng (?:đợi|chờ)`, `(?:vui lòng|xin|hãy) (?:chờ|đợi|giữ máy)[^.;]{0,30}(?:kết nối|${VI})`,
    ],
  },
];
