import type { Http } from '../modules/parts.ts';
import { PAGE_CSS } from './style.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (one) => ENTITIES[one] ?? one);

/** A document of the companion's own. `publicUrl`: where its widget comes from, when it embeds one. */
export function page(c: Http, { title, body, publicUrl }: { title: string; body: string; publicUrl?: string }): Response {
  const own = publicUrl ? ` ${new URL(publicUrl).origin}` : '';
  const socket = publicUrl ? ` ${new URL(publicUrl).origin.replace(/^http/, 'ws')}` : '';
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/pages.css"></head><body>${body}</body></html>`;
  return c.html(html, 200, {
    'content-security-policy': `default-src 'none'; script-src 'self'${own}; connect-src 'self'${own}${socket}; style-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    'referrer-policy': 'same-origin', 'cache-control': 'no-cache',
  });
}

export const pageStyle = (c: Http): Response => c.body(PAGE_CSS, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=300' });
