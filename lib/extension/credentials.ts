/** Where the companion is and who we are to it. */
export interface Credentials { address: string; token: string }
const KEY = 'credentials';

/** null: not paired. */
export async function readCredentials(): Promise<Credentials | null> {
  return ((await chrome.storage.local.get(KEY))[KEY] as Credentials | undefined) ?? null;
}
export const writeCredentials = (credentials: Credentials): Promise<void> => chrome.storage.local.set({ [KEY]: credentials });
export const forgetCredentials = (): Promise<void> => chrome.storage.local.remove(KEY);

/** Stored before it is used: the companion drops the old one soon after. */
export async function rotateToken(token: string): Promise<void> {
  const held = await readCredentials();
  if (held) await writeCredentials({ ...held, token });
}
