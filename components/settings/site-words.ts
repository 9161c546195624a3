import { Site } from '#lib/protocol/settings.ts';

export type SiteAnswer = { ok: true; site: string } | { ok: false; words: string };

/**
 * What an admin typed, as the origin that browsers send. A path is cut off, because an address is usually copied
 * whole; anything that cannot be a site is refused in words.
 */
export function readSite(typed: string, known: readonly string[]): SiteAnswer {
  const text = typed.trim();
  const no = (words: string): SiteAnswer => ({ ok: false, words });
  if (text === '') return no('Type the address of the site, for example https://shop.example.');
  if (text === '*') return known.includes('*') ? no('Any site may embed it already.') : { ok: true, site: '*' };
  if (text.includes('*')) return no('A star stands for any site and only works alone. List each site by itself.');
  if (!/^https?:\/\//i.test(text)) return no(`Begin with https:// so that it is clear which site is meant: https://${text.replace(/^[a-z]+:\/*/i, '')}`);
  const site = URL.canParse(text) ? new URL(text).origin : '';
  if (!Site.safeParse(site).success) return no('This is not an address of a site. It looks like https://shop.example.');
  return known.includes(site) ? no(`${site} is on the list already.`) : { ok: true, site };
}
