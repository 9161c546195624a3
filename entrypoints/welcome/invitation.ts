/** What `welcome.html#server=…&code=…` invites to. */
export interface Invitation { server: string; code: string }

/** It becomes a link: nothing but a web page may be behind it. */
const isWebAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '');

/** Null when the page was opened without one, with half of one, or with one that leads to no web page. */
export function readInvitation(hash: string): Invitation | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const server = fields.get('server');
  const code = fields.get('code');
  return server && code && isWebAddress(server) ? { server, code } : null;
}

/** The same companion, however its address was written. */
export function isSameCompanion(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}
