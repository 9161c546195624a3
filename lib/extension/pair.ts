import * as z from 'zod';
import type { MemberId } from '#lib/protocol/ids.ts';
import { HttpError, PairRequest, PairResponse } from '#lib/protocol/http.ts';
import type { PairAnswer } from '#lib/protocol/runtime.ts';
import { MIN_SUPPORTED, PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { readCredentials, writeCredentials } from './credentials.ts';

type Code = Extract<PairAnswer, { ok: false }>['code'];
const no = (code: Code, message: string): PairAnswer => ({ ok: false, code, message });
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const DEADLINE_MS = 10_000;
/** What `/healthz` of a companion says, as far as it matters here. */
const Health = z.object({ epoch: z.string(), protocol: z.int() });
const WORDS: Partial<Record<string, [Code, string]>> = {
  bad_code: ['bad_code', 'This code is not known. Check it, or ask for a new one.'],
  used_code: ['used_code', 'This code was used already. Ask for a new one.'],
  expired_code: ['expired_code', 'This code has expired. Ask for a new one.'],
  rate_limited: ['rate_limited', 'Too many tries. Wait a minute, then try again.'],
  companion_too_old: ['companion_too_old', 'The companion is older than this extension can use. Ask its owner to update it.'],
  extension_too_old: ['extension_too_old', 'This extension is older than the companion can serve. Update the extension.'],
};

/** What somebody typed, as an origin; or why it cannot be used. */
export function readAddress(text: string): string | PairAnswer {
  const typed = text.trim();
  const url = URL.parse(/^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) return no('bad_address', 'This is not an address. It looks like https://baton.example.com.');
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) return no('insecure_address', 'Only a companion on this computer may use http. Use its https address.');
  return url.origin;
}

/** A companion answers across origins; another server refuses that, but still answers when its words are not asked for. */
async function isCompanion(address: string): Promise<boolean | 'unreachable' | 'too_old'> {
  const ask = (mode: RequestMode): Promise<Response> => fetch(`${address}/healthz`, { mode, signal: AbortSignal.timeout(DEADLINE_MS) });
  try {
    const response = await ask('cors');
    const health = Health.safeParse(await response.json());
    if (!response.ok || !health.success) return false;
    return health.data.protocol >= MIN_SUPPORTED || 'too_old';
  } catch {
    return await ask('no-cors').then(() => false, () => 'unreachable' as const);
  }
}

/** Trades a one-time code for a device token and stores it. `onDone` runs before that, with who we are now, and where. */
export async function pair(addressText: string, codeText: string, onDone: (memberId: MemberId, address: string) => Promise<void>): Promise<PairAnswer> {
  const address = readAddress(addressText);
  if (typeof address !== 'string') return address;
  const asked = PairRequest.safeParse({ code: codeText, version: PROTOCOL_VERSION });
  if (!asked.success) return no('bad_code', 'A code is eight letters and digits, like ABCD-1234.');
  const health = await isCompanion(address);
  if (health === 'unreachable') return no('unreachable', `Nothing answers at ${address}. Is the companion running, and is the address right?`);
  if (health === 'too_old') return no(...WORDS['companion_too_old']!);
  if (!health) return no('not_a_companion', `Something answers at ${address}, but it is not a Baton companion.`);
  let response: Response;
  try {
    response = await fetch(`${address}/api/pair`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked.data), signal: AbortSignal.timeout(DEADLINE_MS) });
  } catch { return no('unreachable', `The companion at ${address} stopped answering. Try again.`); }
  const body: unknown = await response.json().catch(() => null);
  const done = PairResponse.safeParse(body);
  if (response.ok && done.success) {
    await onDone(done.data.member.id, address);
    await writeCredentials({ address, token: done.data.token });
    return { ok: true, memberName: done.data.member.name, workspaceName: done.data.workspaceName };
  }
  const refused = HttpError.safeParse(body);
  const words = refused.success ? WORDS[refused.data.code] : response.status === 429 ? WORDS['rate_limited'] : undefined;
  if (words) return no(...words);
  return refused.success ? no('bad_code', refused.data.message) : no('not_a_companion', `Something answers at ${address}, but it is not a Baton companion.`);
}

/** The address paired with now, for words. */
export const pairedAddress = async (): Promise<string | null> => (await readCredentials())?.address ?? null;
