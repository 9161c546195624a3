import { DEMO_BOT } from './shop.ts';

/** A plain shop page that embeds the widget as any site would. */
export const demoPage = (url: string): string => `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pinewood Outdoor (demo)</title>
<style>:root{color-scheme:light dark}body{font:16px/1.6 system-ui;max-width:60rem;margin:0 auto;padding:2rem}section{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:1rem}article{border:1px solid #8886;border-radius:12px;padding:1rem}</style></head>
<body><header><h1>Pinewood Outdoor</h1><p>Gear for people who stay out longer. Questions? The chat is in the corner.</p></header>
<main><section><article><h2>Larch 2 tent</h2><p>Two people, 1.9 kg. 289</p></article><article><h2>Fern down jacket</h2><p>Warm to -8 degrees. 179</p></article><article><h2>Ridge 45 backpack</h2><p>Five-year warranty. 149</p></article></section></main>
<script async src="${url}/widget.js" data-bot="${DEMO_BOT}"></script></body></html>`;
