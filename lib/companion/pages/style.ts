/** The companion's own pages: the demo shop and the help. Colours are those of the extension. */
export const PAGE_CSS = `
:root{color-scheme:light dark;--bg:light-dark(#fff,#111816);--surface:light-dark(#f3f6f5,#18211f);--line:light-dark(#d3dcd9,#33413d);--fg:light-dark(#15201d,#e7efec);--mut:light-dark(#54625e,#9fb0ab);--accent:light-dark(#0b6b5c,#5bc8b3);--soft:light-dark(#dcefeb,#15403a);--sky:light-dark(#cfe6ea,#17323a);--hill:light-dark(#7fb09d,#2c5a4c);--wood:light-dark(#2f6b57,#0d2b23);--sun:light-dark(#f6c667,#c89a45)}
*{box-sizing:border-box}html{scroll-behavior:smooth}body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.6 system-ui,sans-serif}
a{color:var(--accent)}a:focus-visible{outline:3px solid light-dark(#1d4ed8,#8ab4ff);outline-offset:3px;border-radius:4px}
.bar,main,footer{max-width:68rem;margin-inline:auto;padding-inline:1.5rem}
.bar{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.75rem;padding-block:1rem}.bar strong{font-size:1.15rem;margin-inline-end:auto}.bar a{color:inherit;text-decoration:none}.bar a:hover{text-decoration:underline}
.tag{font-size:.8rem;color:var(--mut);border:1px solid var(--line);border-radius:1rem;padding:.1rem .7rem;margin-inline-start:.6rem;font-weight:400;white-space:nowrap}
.hero{position:relative;overflow:hidden;border-radius:18px;background:var(--sky);padding:2.5rem 2.5rem 11rem}
.hero svg{position:absolute;inset:auto 0 0;width:100%;height:11.5rem;overflow:visible}.hero div{position:relative;max-width:38rem}
h1{font-size:clamp(1.9rem,4.5vw,3rem);line-height:1.12;letter-spacing:-.02em;margin:0 0 .75rem}h2{font-size:1.4rem;margin:2.5rem 0 1rem}h3{margin:0;font-size:1.05rem}p{margin:.4rem 0}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:1.25rem}
.card{border:1px solid var(--line);border-radius:14px;overflow:hidden;background:var(--surface)}.card svg{display:block;width:100%;height:9.5rem;background:var(--soft)}.card div{padding:1rem 1.1rem 1.2rem}.card p{color:var(--mut)}.card b{color:var(--fg);font-size:1.05rem}
.tips{padding:1.1rem 1.4rem;border:1px dashed var(--accent);border-radius:14px;background:var(--soft)}.tips h2{margin:.2rem 0 .4rem;font-size:1.1rem}.tips ul{margin:.3rem 0;padding-inline-start:1.2rem}
.s1{fill:var(--hill)}.s2{fill:var(--wood)}.s3{fill:var(--sun)}.s4{fill:var(--accent)}.s5{fill:var(--line)}.s6{fill:none;stroke:var(--wood);stroke-width:3}
article.text{max-width:44rem}article.text code,article.text kbd{background:var(--surface);border:1px solid var(--line);border-radius:4px;padding:.05rem .35rem;font-size:.9em}
table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.45rem .8rem .45rem 0;border-bottom:1px solid var(--line)}
footer{color:var(--mut);font-size:.9rem;padding-block:3rem 6rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
