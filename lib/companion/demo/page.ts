import { escapeHtml, page } from '../pages/page.ts';
import type { Http } from '../modules/parts.ts';
import { DEMO_BOT } from './shop.ts';

const GOODS = [
  { id: 'tents', name: 'Larch 2 tent', text: 'Two people, 1.9 kg, up in four minutes.', price: '€289', picture: '<path class="s1" d="M0 120 90 60l60 30 70-50 100 80z"/><path class="s4" d="M70 130 160 42l90 88z"/><path class="s2" d="m128 130 32-66 32 66z"/><path class="s5" d="M0 130h320v30H0z"/>' },
  { id: 'jackets', name: 'Fern down jacket', text: 'Warm to -8 °C, packs into its own pocket.', price: '€179', picture: '<path class="s4" d="M120 30q40 22 80 0l46 34-22 26-20-12v68h-88V78L96 90 74 64z"/><path class="s6" d="M160 40v106M116 84h88M116 106h88M116 126h88"/>' },
  { id: 'backpacks', name: 'Ridge 45 backpack', text: 'Carries like 30 litres. Five-year warranty.', price: '€149', picture: '<rect class="s2" x="112" y="34" width="96" height="112" rx="26"/><rect class="s4" x="124" y="88" width="72" height="48" rx="10"/><path class="s6" d="M140 34q20-26 40 0M124 62h72"/><circle class="s3" cx="160" cy="112" r="6"/>' },
  { id: 'checkout', name: 'Juniper stove', text: 'Boils a litre in three and a half minutes.', price: '€64', picture: '<path class="s3" d="M160 42q26 26 10 46 0-14-10-20-4 14-14 18-6-22 14-44z"/><path class="s2" d="M116 92h88l-8 16h-72z"/><rect class="s4" x="130" y="108" width="60" height="34" rx="8"/><path class="s5" d="M60 142h200v6H60z"/>' },
] as const;
const HERO = '<svg viewBox="0 120 1000 200" preserveAspectRatio="xMidYMax slice" aria-hidden="true"><circle class="s3" cx="830" cy="130" r="44"/><path class="s1" d="M0 320V240l190-70 150 60 190-90 210 95 140-60 120 50v95z"/><path class="s2" d="M0 320v-40l90-30 40-70 40 80 60-20 40-80 44 90 120-10 60-90 56 96 130-16 50-76 46 84 114-18 60-90 50 100v90z"/></svg>';

/** A plain shop page that embeds the widget as any site would. @param url where visitors reach the companion */
export function demoPage(c: Http, url: string): Response {
  const goods = GOODS.map(({ id, name, text, price, picture }) => `<article class="card" id="${id}"><svg viewBox="0 0 320 160" aria-hidden="true">${picture}</svg><div><h3>${name}</h3><p>${text}</p><b>${price}</b></div></article>`).join('');
  const body = `<header class="bar"><strong>Pinewood Outdoor<span class="tag">demo shop</span></strong><a href="#tents">Tents</a><a href="#jackets">Jackets</a><a href="#backpacks">Backpacks</a><a href="/help">Help for the team</a></header>
<main><section class="hero">${HERO}<div><h1>Gear for people who stay out longer</h1><p>Tents, jackets and packs that are repaired, not replaced. Free shipping over €60, returns within 30 days.</p></div></section>
<h2>In season</h2><section class="grid">${goods}</section>
<h2 id="orders">Questions?</h2><section class="tips"><h2>The chat is in the corner. Things to try:</h2><ul><li>“How long does shipping take?” is answered from the shop's knowledge, with its source.</li><li>“I want to talk to a person” reaches the team: see the side panel of the extension.</li><li>Ask something the shop cannot know, twice, and the assistant offers a person.</li></ul></section></main>
<footer>Nothing is sold here: this page shows Baton's chat on a shop. Everything stays on this companion.</footer>
<script async src="${escapeHtml(url)}/widget.js" data-bot="${DEMO_BOT}"></script>`;
  return page(c, { title: 'Pinewood Outdoor (demo)', body, publicUrl: url });
}
