import { createHmac, timingSafeEqual } from 'node:crypto';
import { MINUTE } from '#lib/base/time.ts';

/** How far the sender's clock may be from ours, ms (Standard Webhooks). */
export const TOLERANCE_MS = 5 * MINUTE;
/** Of a key, in bytes (Standard Webhooks). */
const [KEY_LEAST, KEY_MOST] = [24, 64];
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
/** An id that can be signed and kept. */
const ID = /^[\x21-\x7e]{1,128}$/;

/** The key in `whsec_<base64>`, or null when that is not what it looks like. */
export function readSecret(secret: string): Buffer | null {
  const key = Buffer.from(SECRET.exec(secret)?.[1] ?? '', 'base64');
  return key.length >= KEY_LEAST && key.length <= KEY_MOST ? key : null;
}

const mac = (key: Buffer, id: string, seconds: number, body: string): string => createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');

/** The headers that a body goes out with. @param now epoch ms */
export function signed(key: Buffer, id: string, body: string, now: number): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const seconds = Math.floor(now / 1000);
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${mac(key, id, seconds, body)}` };
}

export interface GivenSignature { id: string; timestamp: string; signatures: string }
export type Verified = 'ok' | 'incomplete' | 'stale' | 'wrong';

/** Whether whoever sent the body knows the key and sent it just now. The header may hold several signatures, while keys change. */
export function verify(key: Buffer, { id, timestamp, signatures }: GivenSignature, body: string, now: number): Verified {
  if (!ID.test(id) || !/^\d{1,12}$/.test(timestamp) || signatures === '') return 'incomplete';
  const seconds = Number(timestamp);
  const expected = Buffer.from(mac(key, id, seconds, body));
  const isRight = signatures.split(' ').some((one) => {
    const given = Buffer.from(one.startsWith('v1,') ? one.slice('v1,'.length) : '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isRight) return 'wrong';
  return Math.abs(now - seconds * 1000) <= TOLERANCE_MS ? 'ok' : 'stale';
}
