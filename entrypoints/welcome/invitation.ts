/** What `welcome.html#server=…&code=…` invites to. */
export interface Invitation { server: string; code: string }

/** Null when the page was opened without one, or with half of one. */
export function readInvitation(hash: string): Invitation | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const server = fields.get('server');
  const code = fields.get('code');
  return server && code ? { server, code } : null;
}

/** The same companion, however its address was written. */
export function isSameCompanion(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}
