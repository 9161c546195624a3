import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from '@playwright/test';
import { HIT } from './corpus.ts';

/** A server on loopback that nothing may ever ask. */
export interface Canary { url: string; asked: string[]; close(): Promise<void> }

export async function startCanary(): Promise<Canary> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }).end('');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, async close() { server.closeAllConnections(); server.close(); await once(server, 'close'); } };
}

/** What a page did that no text of a visitor may make it do. */
export interface Deeds { ran: string[]; dialogs: string[]; reports: string[]; requests: string[]; broken: string[] }

interface Planted { hits: number[]; reports: string[] }
declare global { interface Window { planted: Planted } }

/** Plants what a payload would call in every page of the context, and writes down what the pages do. @param allowed beginnings of addresses that may be asked */
export async function watchContext(context: BrowserContext, allowed: readonly string[]): Promise<Deeds> {
  const deeds: Deeds = { ran: [], dialogs: [], reports: [], requests: [], broken: [] };
  await context.addInitScript((name) => {
    window.planted = { hits: [], reports: [] };
    Object.defineProperty(window, name, { value: (number: number) => { window.planted.hits.push(number); }, configurable: false });
    window.addEventListener('securitypolicyviolation', (event) => { window.planted.reports.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`); }, true);
  }, HIT);
  context.on('request', (request) => { if (!/^(data|blob|about):/.test(request.url()) && !allowed.some((one) => request.url().startsWith(one))) deeds.requests.push(request.url()); });
  const watch = (page: Page): void => watchPage(page, deeds);
  context.pages().forEach(watch);
  context.on('page', watch);
  return deeds;
}

/** For a page that its context does not list (side panel, popup). */
export function watchPage(page: Page, deeds: Deeds): void {
  page.on('dialog', (dialog) => { deeds.dialogs.push(dialog.message()); void dialog.dismiss(); });
  page.on('console', (line) => { if (/content security|trusted ?type|refused to/i.test(line.text())) deeds.reports.push(line.text()); });
  page.on('pageerror', (error) => deeds.broken.push(String(error.stack)));
}

/** What is in a page that must not be: markup that came from text, handlers, addresses that are no links. */
export interface Found { hits: number[]; reports: string[]; odd: string[]; links: number }

/** Adds what the page's own plants saw. @param own the companion: a link to its help needs no `rel` */
export async function inspect(page: Page, deeds: Deeds, own = ''): Promise<Found> {
  const found = await page.evaluate((companion) => {
    const odd: string[] = [];
    let links = 0;
    const look = (root: Document | ShadowRoot, isOurs: boolean): void => {
      for (const one of root.querySelectorAll('*')) {
        const inHead = one.closest('head') !== null || (!isOurs && one.tagName === 'SCRIPT');
        if (!inHead && /^(script|iframe|frame|object|embed|base|meta|link|img|image|picture|source|video|audio|track|portal|math|foreignobject|animate|set|use|style|applet|frameset|marquee|dialog-x)$/i.test(one.tagName)) odd.push(`${one.tagName} ${one.textContent.slice(0, 100)}`);
        for (const { name, value } of one.attributes) if (/^on|^(src|srcset|srcdoc|formaction|ping|background|action|xlink:href)$/i.test(name) && !inHead) odd.push(`${one.tagName} ${name}=${value.slice(0, 100)}`);
        if (one instanceof HTMLAnchorElement && one.hasAttribute('href')) {
          links += 1;
          const isInside = one.getAttribute('href')!.startsWith('#') || [location.origin, companion].includes(URL.parse(one.href)?.origin ?? '');
          if (!isInside && (!/^(https?|mailto):/.test(one.href) || (one.protocol !== 'mailto:' && (!one.relList.contains('noopener') || !one.relList.contains('noreferrer'))))) odd.push(`${one.tagName} ${one.textContent.slice(0, 100)}`);
        }
        if (one.shadowRoot) look(one.shadowRoot, true);
      }
    };
    look(document, location.protocol === 'chrome-extension:');
    // A page that was open before it could be planted in: a payload that runs there fails loudly, which is seen too.
    const { hits, reports } = (window as { planted?: Planted }).planted ?? { hits: [], reports: [] };
    return { hits, reports, odd, links };
  }, own);
  deeds.ran.push(...found.hits.map(String));
  deeds.reports.push(...found.reports);
  return found;
}
