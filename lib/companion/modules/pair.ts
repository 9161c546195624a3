import { uuid } from '#lib/base/uuid.ts';
import { PairRequest } from '#lib/protocol/http.ts';
import { MIN_SUPPORTED } from '#lib/protocol/version.ts';
import { addressOf } from '../address.ts';
import { audited } from '../audit/audited.ts';
import type { Core } from '../core.ts';
import { hashCode, hashSecret, newToken } from '../secrets.ts';
import { createBuckets } from '../socket/bucket.ts';
import type { Device } from '../store/store.ts';
import { readBody } from './body.ts';
import { refusal, type Http } from './parts.ts';

const tries = createBuckets(30, 0.5);
const WORDS = {
  unknown: ['bad_code', 'This pairing code is not known. Check it, or ask an admin for a new one.'], revoked: ['bad_code', 'The member of this code was revoked. Ask an admin.'],
  used: ['used_code', 'This pairing code was used already. Ask an admin for a new one.'], expired: ['expired_code', 'This pairing code has expired: codes last 15 minutes. Ask an admin for a new one.'],
} as const;

/** A one-time code for a device token. */
export async function pair(core: Core, c: Http): Promise<Response> {
  if (core.config.rateLimits && !tries.take(addressOf(core, c.env.incoming), Date.now())) return refusal(c, 429, 'rate_limited', 'Too many tries. Wait a minute, then try again.');
  if (/^https?:/.test(c.req.header('origin') ?? '')) return refusal(c, 403, 'forbidden', 'Only the extension may use a pairing code.');
  const body = await readBody(c, PairRequest);
  if (!body.ok) return body.refused.status === 413 ? body.refused : refusal(c, 400, 'bad_code', 'A pairing code looks like ABCD-EFGH.');
  if (body.body.version < MIN_SUPPORTED) return refusal(c, 400, 'extension_too_old', 'This extension is older than the companion can serve. Update the extension.');
  const member = await core.store.takePairingCode(hashCode(body.body.code), Date.now());
  if (typeof member === 'string') {
    const [code, words] = WORDS[member];
    return refusal(c, 403, code, words);
  }
  const token = newToken();
  const device: Device = { id: uuid(), memberId: member.id, tokenHash: hashSecret(token), previousHash: null, rotatedAt: Date.now(), origin: c.req.header('origin') ?? '', revokedAt: null };
  await core.store.saveDevice(device, audited(member, { what: 'device.add', target: member.id, after: { device: device.id, origin: device.origin } }));
  return c.json({ token, member, workspaceName: core.settings.workspace().name });
}
