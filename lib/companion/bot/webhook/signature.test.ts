import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { must } from '#lib/base/must.ts';
import { MINUTE } from '#lib/base/time.ts';
import { readSecret, signed, TOLERANCE_MS, verify } from './signature.ts';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const KEY = must(readSecret(SECRET), 'key');
const BODY = '{"type":"turn.requested","text":"Größe 38 – où ? 🙂"}';
const LIBRARY = new Webhook(SECRET);
const now = (): number => Date.now();
/** As the library signs it. */
const given = (body = BODY, at = new Date()) => ({ id: 'msg_1', timestamp: String(Math.floor(at.getTime() / 1000)), signatures: LIBRARY.sign('msg_1', at, body) });

test('what we sign the library verifies, and what it signs we verify', () => {
  expect(LIBRARY.verify(BODY, signed(KEY, 'turn_c_1', BODY, now()))).toEqual(JSON.parse(BODY));
  expect(verify(KEY, given(), BODY, now())).toBe('ok');
});

test('a changed body, id or time, another key, and no signature are refused on both sides', () => {
  const other = must(readSecret(`whsec_${randomBytes(32).toString('base64')}`), 'key');
  const ours = signed(KEY, 'turn_c_1', BODY, now());
  expect(() => LIBRARY.verify(`${BODY} `, ours)).toThrow();
  expect(() => LIBRARY.verify(BODY, { ...ours, 'webhook-id': 'turn_c_2' })).toThrow();
  expect(() => LIBRARY.verify(BODY, signed(other, 'turn_c_1', BODY, now()))).toThrow();
  expect(verify(KEY, given(), `${BODY} `, now())).toBe('wrong');
  expect(verify(KEY, { ...given(), id: 'msg_2' }, BODY, now())).toBe('wrong');
  expect(verify(KEY, { ...given(), timestamp: String(Math.floor(now() / 1000) - 1) }, BODY, now())).toBe('wrong');
  expect(verify(other, given(), BODY, now())).toBe('wrong');
  for (const part of ['id', 'timestamp', 'signatures'] as const) expect(verify(KEY, { ...given(), [part]: '' }, BODY, now())).toBe('incomplete');
  for (const signatures of ['v1', 'v1,', 'v2,abc', given().signatures.replace('v1', 'v1a'), `${given().signatures}x`]) expect(verify(KEY, { ...given(), signatures }, BODY, now())).toBe('wrong');
});

test('one right signature among several is enough, while keys change', () => {
  expect(verify(KEY, { ...given(), signatures: `v1,${randomBytes(32).toString('base64')} v1a,zzz ${given().signatures}` }, BODY, now())).toBe('ok');
});

test.each([[-TOLERANCE_MS - 2_000, 'stale'], [-TOLERANCE_MS + MINUTE, 'ok'], [TOLERANCE_MS - MINUTE, 'ok'], [TOLERANCE_MS + 2_000, 'stale']])('signed %i ms from now is %s', (away, verdict) => {
  expect(verify(KEY, given(BODY, new Date(now() + away)), BODY, now())).toBe(verdict);
});

test.each(['', 'secret', 'whsec_', 'whsec_c2hvcnQ=', `whsec_${randomBytes(65).toString('base64')}`, randomBytes(32).toString('base64'), 'whsec_!!!'])('"%s" is no secret', (secret) => {
  expect(readSecret(secret)).toBeNull();
});
