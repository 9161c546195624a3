/** Where the companion is and who we are to it. */
export interface Credentials { address: string; token: string }
const KEY = 'credentials';

/** By hand: this is also read by pages that carry no zod. */
function isCredentials(value: unknown): value is Credentials {
  if (typeof value !== 'object' || value === null || !('address' in value) || !('token' in value)) return false;
  return typeof value.address === 'string' && typeof value.token === 'string' && /^https?:$/.test(URL.parse(value.address)?.protocol ?? '');
}

/** null: not paired, or what is kept is damaged and of no use. */
export async function readCredentials(): Promise<Credentials | null> {
  const held = (await chrome.storage.local.get(KEY))[KEY];
  return isCredentials(held) ? held : null;
}
export const writeCredentials = (credentials: Credentials): Promise<void> => chrome.storage.local.set({ [KEY]: credentials });
export const forgetCredentials = (): Promise<void> => chrome.storage.local.remove(KEY);

/** Stored before it is used: the companion drops the old one soon after. */
export async function rotateToken(token: string): Promise<void> {
  const held = await readCredentials();
  if (held) await writeCredentials({ ...held, token });
}
