import { expect, test } from 'vitest';
import { pairProblem } from './pair-words.ts';

const CODES = ['bad_address', 'insecure_address', 'unreachable', 'not_a_companion', 'bad_code', 'used_code', 'expired_code', 'rate_limited', 'companion_too_old', 'extension_too_old'] as const;

test('each way pairing can fail has its own words', () => {
  expect(new Set(CODES.map((code) => pairProblem({ ok: false, code, message: '' }).text)).size).toBe(CODES.length);
});
test('words about a code stand at the code, all others at the address', () => {
  const atCode = CODES.filter((code) => pairProblem({ ok: false, code, message: '' }).field === 'code');
  expect(atCode).toEqual(['bad_code', 'used_code', 'expired_code', 'rate_limited']);
});
