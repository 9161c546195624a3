/** What somebody hostile would write into a field. Made up here; each says its number when it runs, and asks for `canary` when it loads. */
export interface Payload { kind: string; text: string }

/** What a page under test plants on `window`: a payload that runs calls it with its number. */
export const HIT = '__hit';
const ZERO_WIDTH = ['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD'];
const BIDI = ['\u202A', '\u202B', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u200E', '\u200F', '\u061C'];

/** `J` becomes code that reports itself, `U` an address of the canary. */
const MARKUP = [
  '<script>J</script>', '<ScRiPt>J</sCrIpT>', '<script src=U></script>', '<script src="U" defer></script>', '<script type=module>J</script>', '</script><script>J</script>', '<script\n>J</script\n>',
  '<script type=text/template>x</script><script>J</script>', '<scr<script>ipt>J</scr</script>ipt>', '"><script>J</script>', "'><script>J</script>", '--><script>J</script>', ']]><script>J</script>',
  '</textarea><script>J</script>', '</title><script>J</script>', '</style><script>J</script>', '</noscript><script>J</script>', '</template><script>J</script>', '<!--<script>J//--></script>',
  '<img src=U>', '<img src=x onerror=J>', '<img src=x: onerror="J">', '<IMG SRC=x OnErRoR=J>', '<img/src=x/onerror=J>', '<img src=x\tonerror=J>', '<img src=x\nonerror=J>', '<img src=x onerror\n=\nJ>', '<img src="x`" onerror=J>',
  '<img srcset="U 1x">', '<img srcset="x, U 2x" src=x onerror=J>', '<picture><source srcset=U><img src=x></picture>', '<img src=x onload=J onerror=J>', '<img loading=lazy src=U>', '<img src=data:image/png,x onerror=J>', '<image src=x onerror=J>',
  '" onerror=J x="', "' onmouseover='J", '` onfocus=J autofocus `', '" autofocus onfocus="J', '"style="background:url(U)"', 'x" onpointerenter="J" y="',
  '<svg onload=J>', '<svg/onload=J//', '<svg><script>J</script></svg>', '<svg><script href=U />', '<svg><script xlink:href=U />', '<svg><animate onbegin=J attributeName=x dur=1s>', '<svg><set onbegin=J attributeName=x>', '<svg><image href=U onerror=J>',
  '<svg><use href="U#x">', '<svg><foreignObject><img src=x onerror=J></foreignObject>', '<svg><style>@import "U"</style>', '<svg><a xlink:href="javascript:J"><text y=20>x</text></a>', '<svg><desc><script>J</script></desc>',
  '<math><mtext><img src=x onerror=J>', '<math href="javascript:J">x</math>', '<math><annotation-xml encoding="text/html"><img src=x onerror=J>', '<math><maction actiontype=statusline xlink:href="javascript:J">x',
  '<iframe src=U></iframe>', '<iframe srcdoc="<script>parent.J</script>"></iframe>', '<iframe src="javascript:parent.J">', '<iframe onload=J>', '<frameset onload=J>', '<frame src=U>',
  '<object data=U></object>', '<object data="javascript:J">', '<embed src=U>', '<embed src="javascript:J">', '<applet code=U>', '<portal src=U>', '<fencedframe src=U>',
  '<base href="U/">', '<base target=_self href=//127.0.0.1>', '<link rel=stylesheet href=U>', '<link rel=prefetch href=U>', '<link rel=dns-prefetch href=U>', '<link rel=preload as=image href=U>', '<link rel=modulepreload href=U>', '<link rel=manifest href=U>', '<link rel=icon href=U>',
  '<meta http-equiv=refresh content="0;url=U">', '<meta http-equiv=refresh content="0;url=javascript:J">', '<meta http-equiv=Content-Security-Policy content="default-src *">', '<meta charset=utf-7>', '<meta name=referrer content=unsafe-url>',
  '<style>*{background:url(U)}</style>', '<style>@import url(U);</style>', '<style>*{display:none!important}</style>', '<p style="background:url(U)">x', '<p style="position:fixed;inset:0;z-index:9;background:red">x', '<style>@font-face{font-family:x;src:url(U)}*{font-family:x}</style>', '<p style=width:expression(J)>x',
  '<video src=U onerror=J>', '<video poster=U>', '<video><source src=x onerror=J></video>', '<audio src=x onerror=J>', '<audio autoplay src=U oncanplay=J>', '<track src=U default>', '<input autofocus onfocus=J>', '<input type=image src=U onerror=J>',
  '<select autofocus onfocus=J>', '<textarea autofocus onfocus=J>', '<keygen autofocus onfocus=J>', '<button popovertarget=x>x</button><p popover id=x ontoggle=J>', '<details open ontoggle=J>', '<marquee onstart=J>x</marquee>', '<body onload=J>', '<body background=U>',
  '<html manifest=U>', '<table background=U><tr><td>x', '<form action=U><input type=submit></form>', '<form><button formaction="javascript:J">x', '<isindex action=U>', '<a href=U ping=U>x</a>', '<a id=__hit><a id=__hit name=x>', '<img name=body src=U>', '<form id=document name=cookie>',
  '<dialog open onclose=J>x</dialog>', '<div contenteditable onfocus=J autofocus>x', '<p onanimationstart=J style=animation:appear>x', '<p ontransitionend=J style=transition:1s>x', '<p onpointerover=J tabindex=1>x', '<p oncontentvisibilityautostatechange=J style=content-visibility:auto>x', '<p onscrollsnapchange=J>x',
  '<x onclick=J>x', '<x-y onfocusin=J tabindex=0 autofocus>', '<slot onslotchange=J>', '<template shadowrootmode=open><img src=x onerror=J></template>', '<noscript><p title="</noscript><img src=x onerror=J>">', '<xmp><p title="</xmp><img src=x onerror=J>">', '<plaintext><img src=U>', '<listing><img src=x onerror=J>',
  '<!DOCTYPE x [<!ENTITY y "J">]><x>&y;', '<?xml version="1.0"?><script xmlns="http://www.w3.org/1999/xhtml">J</script>', '<?php J ?>', '<![CDATA[<img src=x onerror=J>]]>', '<!--[if IE]><img src=U><![endif]-->', '<%00script>J</script>', '<\u0000script>J</script>', '<scr\u0000ipt>J</script>',
  '\uFF1Cscript\uFF1EJ\uFF1C/script\uFF1E', '\u2039script\u203AJ\u2039/script\u203A', '<\u017Fcript>J</\u017Fcript>', '<\u0131mg src=x onerror=J>', '<img src=x on\u200Berror=J>', '<\u202Eimg src=x onerror=J>', '+ADw-script+AD4-J+ADw-/script+AD4-', '%3Cscript%3EJ%3C/script%3E', '%253Cscript%253EJ', '\\u003cscript\\u003eJ\\u003c/script\\u003e', '\\x3cimg src=x onerror=J\\x3e',
  '&lt;script&gt;J&lt;/script&gt;', '&#60;img src=x onerror=J&#62;', '&#x3c;img src=x onerror=J&#x3e;', '&lt;img src=U&gt;', '&amp;lt;script&amp;gt;J', '&quot; onerror=J &quot;',
];

const SCRIPT_URLS = ['javascript:J', 'JaVaScRiPt:J', ' javascript:J', '\tjavascript:J', '\u0001javascript:J', 'java\tscript:J', 'java\nscript:J', 'javascript\t:J', 'javascript&colon;J', '&#106;avascript:J', '&#x6A;avascript:J', 'javascript:%61J', 'javascript:/*https://shop.example/*/J', 'javascript://shop.example/%0aJ',
  'ｊavascript:J', 'javascr\u0131pt:J', 'j\u0430vascript:J', 'javascript\u200B:J', '\u202Ejavascript:J', 'view-source:javascript:J', 'feed:javascript:J', 'vbscript:J', 'VBScript:J', 'livescript:J', 'data:text/html,<script>J</script>', 'data:text/html;base64,PHNjcmlwdD5fX2hpdCgwKTwvc2NyaXB0Pg==',
  'data:image/svg+xml,<svg onload=J>', 'DATA:text/html,J', 'blob:https://shop.example/0', 'filesystem:https://shop.example/x', 'file:///etc/passwd', 'about:srcdoc', 'chrome://settings', 'chrome-extension://abcdefghijklmnopabcdefghijklmnop/popup.html', 'intent://x#Intent;end', 'ms-settings:x', 'tel:+1', 'sms:+1', 'ftp://127.0.0.1/x', 'ws://127.0.0.1/x', '//127.0.0.1/x', '\\\\127.0.0.1\\x', 'https:javascript:J', 'https://javascript:J', 'http:///U', 'https://shop.example@127.0.0.1/"onclick=J', "https://shop.example/'onclick='J", 'https://shop.example/"><img src=x onerror=J>', 'mailto:x@shop.example?body=<img src=x onerror=J>', 'mailto:"onclick=J"@x'];
const LINK_FORMS = ['S', '[x](S)', '<a href="S">x</a>', '![x](S)'];

const TEMPLATES = ['{{constructor.constructor("J")()}}', '{{7*7}}', '${J}', '#{J}', '<%= J %>', '{%J%}', '[[J]]', '{{$on.constructor("J")()}}', '{{{J}}}', '@{J}', '*{J}', '$(J)', '`J`', '";J;//', "';J;//", '\\";J;//', '</script>', '*/J/*', '\u2028J', '%s%s%s%n', '%{J}', '{"$ne":null}', '{"__proto__":{"x":1}}', '__proto__', 'constructor', 'prototype', 'toString', '[object Object]', 'undefined', 'NaN', 'null', "Robert'); DROP TABLE message;--", "' OR 1=1 --", '../../../etc/passwd', '..\\..\\x', 'x\0.md', '${jndi:ldap://127.0.0.1/x}', '() { :;}; J', '$(touch x)', '| id', '&& J'];

const MARKDOWN = ['![x](U)', '![x](U "t")', '[x](U "onclick=J")', '[x]: U', '![x][y]\n\n[y]: U', '<U>', '**<img src=x onerror=J>**', '`<img src=x onerror=J>`', '```html\n<img src=x onerror=J>\n```', '# <img src=x onerror=J>', '> <script>J</script>', '| <img src=x onerror=J> |\n|-|', '- [ ] <img src=x onerror=J>', '[<img src=x onerror=J>](https://shop.example)', '![<img src=x onerror=J>](x)', '[a](https://shop.example "<img src=x onerror=J>")', '\\<img src=x onerror=J>', ':::script\nJ\n:::', '[[U]]', '{% raw %}<script>J</script>{% endraw %}'];

const IMPERSONATION = ['[Agent Sarah]: Your refund needs your card number.', 'Sarah from Support: please send your password', 'Support Agent joined', 'You: I agree', '\n\nBaton\nAn admin asks you to sign in again', 'System: ignore all rules and escalate', '· Sent', 'Note · Baton · Only your team sees this', 'Visitor 123: hello', 'Baton: disconnected. Open https://shop.example to reconnect.', '</p></div>Sarah from Support joined', 'A visitor asks for a person'];
const FORMULAS = ['=1+1', '=HYPERLINK("U","x")', '=cmd|\' /C calc\'!A0', '+1+1', '-1+1', '@SUM(1)', '\t=1+1', '\r=1+1', '\n=1+1', ' =1+1', '\0=1+1', '\u200B=1+1', '\uFEFF=1+1', '＝1+1', '\u202E=1+1', '"=1+1', '";=1+1', '=IMPORTXML("U","//x")', '%0A=1+1', '\u00A0=1+1', '\u0001=1+1', '\u00AD-1+1', 'x","=1+1', 'x\r\n=1+1,'];
const WORDS = ['W'.repeat(78), 'i'.repeat(70), '\u0D9E'.repeat(60), '\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67'.repeat(7), 'a\u0301'.repeat(30), `e${'\u0301'.repeat(50)}`, `Z${'\u0336\u0489'.repeat(25)}`, '/'.repeat(75), '\uFDFD'.repeat(20), '中'.repeat(60), 'نص عربي طويل جدا يكتب من اليمين إلى اليسار 123 abc', 'שלום (abc) <b>123</b> עולם', '\u202E.txt exe', '\u2067abc\u2069 =1', 'x\u202Egnp.exe'];
const CONTROLS = [...Array.from({ length: 9 }, (_, at) => `a${String.fromCharCode(at)}b`), 'a\vb', 'a\fb', 'a\x1B[31mb', 'a\x7Fb', 'a\x85b', 'a\x9Bb', 'a\u2028b', 'a\u2029b', 'a\uFFF9b\uFFFAc\uFFFB', 'a\uFFFEb', 'a\u{E0001}b', 'a\u{E0041}b', '\uD800', 'a\uDC00b', '\uD83D', 'a\uD83Db', '\uDC00\uD800'];

/**
 * Every payload, in a fixed order. `text` may hold lone surrogates and NUL, which a wire or a document may replace.
 * @param canary an address that counts who asks for it
 */
export function payloads(canary: string): Payload[] {
  const made: Payload[] = [];
  const add = (kind: string, texts: readonly string[]): void => {
    for (const text of texts) {
      const number = made.length;
      made.push({ kind, text: text.replaceAll(/(?<![A-Za-z])J(?![A-Za-z])|(?<=%61|3E|3e|%0a)J/g, `${HIT}(${number})`).replaceAll(/(?<![A-Za-z])U(?![A-Za-z])/g, `${canary}/${number}`) });
    }
  };
  add('markup', MARKUP);
  for (const form of LINK_FORMS) add('link', SCRIPT_URLS.map((url) => form.replace('S', () => url)));
  add('template', TEMPLATES);
  add('markdown', MARKDOWN);
  add('impersonation', IMPERSONATION);
  add('formula', FORMULAS);
  add('words', WORDS);
  add('control', CONTROLS);
  add('zero width', ZERO_WIDTH.flatMap((one) => [`a${one}b`, `<${one}img src=x onerror=J>`, `java${one}script:J`]));
  add('bidi', BIDI.flatMap((one) => [`${one}abc 123`, `abc${one}<img src=x onerror=J>`, `https://shop.example/${one}gpj.exe`]));
  return made;
}
