/** The panel's looks; tokens are those of the extension. For a constructed style sheet or a style element of the preview. */
export const WIDGET_CSS = `
:host{color-scheme:light dark;--bg:light-dark(#fff,#111816);--surface:light-dark(#f3f6f5,#18211f);--line:light-dark(#d3dcd9,#33413d);--control:light-dark(#6b7a76,#869590);--fg:light-dark(#15201d,#e7efec);--mut:light-dark(#54625e,#9fb0ab);--accent:light-dark(#0b6b5c,#5bc8b3);--onaccent:light-dark(#fff,#04231d);--soft:light-dark(#dcefeb,#15403a);--onsoft:light-dark(#084c41,#bfeee3);--wait:light-dark(#fff0d9,#3a2a10);--urgent:light-dark(#b3261e,#ff8a80);--visitor:light-dark(#e4ebe9,#263431);--bot:light-dark(#e9eafb,#26284a);--focus:light-dark(#1d4ed8,#8ab4ff)}
*{box-sizing:border-box;margin:0}
.panel{position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483647;display:flex;flex-direction:column;width:380px;max-width:100vw;height:min(620px,calc(100dvh - 40px));background:var(--bg);color:var(--fg);border:1px solid var(--line);border-radius:14px;box-shadow:0 8px 32px #0004;font:15px/1.45 system-ui,sans-serif;overflow:hidden;animation:in .15s ease-out}
.embedded{position:static;width:100%;height:100%;min-height:480px;box-shadow:none;animation:none}
@keyframes in{from{opacity:0;transform:translateY(8px)}}
header{display:flex;align-items:center;justify-content:space-between;padding:8px 8px 8px 16px;border-block-end:1px solid var(--line);background:var(--surface)}
h2{font-size:16px}
button,input,textarea{font:inherit;color:inherit}
button{cursor:pointer}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.log:focus-visible{outline-offset:-2px}
.plain{background:none;border:0;padding:2px 4px;text-decoration:underline;min-height:24px}
.close{width:40px;height:40px;text-decoration:none;font-size:16px}
.notice{text-align:center;background:var(--wait);font-size:14px;padding:4px 12px}.notice:empty{display:none}
.log{flex:1;min-height:80px;overflow-y:auto;overscroll-behavior:contain;padding:14px;display:flex;flex-direction:column;gap:10px}
.bubble{max-width:85%;align-self:flex-start;overflow-wrap:anywhere}
.text{padding:8px 12px;border-radius:14px;background:var(--bot);white-space:pre-wrap}
.agent .text{background:var(--soft)}
.visitor{align-self:flex-end}.visitor .text{background:var(--visitor)}
.pending .text{border:1px dashed var(--control)}
.bubble a,.line a{color:inherit}
.label{display:block;font-size:13px;font-weight:600;color:var(--mut);padding-inline-start:4px}
.sources{font-size:13px;color:var(--mut);padding:2px 4px}
.line{align-self:center;text-align:center;font-size:13px;color:var(--mut);padding-inline:12px;overflow-wrap:anywhere}
.typing{font-size:13px;color:var(--mut);padding:0 16px 6px}
.row{display:flex;gap:8px;flex-wrap:wrap;margin-block-start:6px}
.chip{border:1px solid var(--control);border-radius:18px;background:var(--bg);padding:6px 14px;min-height:36px}
.strong{background:var(--accent);border-color:var(--accent);color:var(--onaccent);font-weight:600}
.chip:disabled{background:var(--surface);border-color:var(--line);color:var(--mut);cursor:default}
.thumb{border:1px solid transparent;border-radius:8px;background:none;min-width:32px;min-height:28px;color:var(--mut)}.down{transform:rotate(180deg)}
.thumb[aria-pressed=true]{border-color:var(--accent);background:var(--soft);color:var(--accent)}
.support{padding:8px 14px;display:flex;flex-direction:column;align-items:flex-start;gap:8px;border-block-start:1px solid var(--line);font-size:14px}
.email{width:100%}.email .row{flex-wrap:nowrap}
input,textarea{background:var(--bg);border:1px solid var(--control);border-radius:10px;padding:7px 10px;min-width:0;flex:1}
.wrong{color:var(--urgent);font-size:13px}
.composer{display:flex;flex-wrap:wrap;gap:8px;align-items:flex-end;padding:10px 14px;border-block-start:1px solid var(--line);background:var(--surface)}
textarea{resize:none;max-height:140px}
::placeholder{color:var(--mut);opacity:1}
.rest{flex-basis:100%;font-size:13px;text-align:end}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:480px){.panel:not(.embedded){inset:0;width:100%;height:100dvh;border:0;border-radius:0}}
@media (prefers-reduced-motion:reduce){.panel{animation:none}}
@media (forced-colors:active){.text{border:1px solid CanvasText}.thumb[aria-pressed=true]{outline:2px solid Highlight}}
`;
