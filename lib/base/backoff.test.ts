import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoff } from './backoff.ts';

test('a wait lies between nothing and the cap, whatever the attempt', () => {
  fc.assert(fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
    const wait = backoff(attempt, random);
    expect(wait).toBeGreaterThanOrEqual(0);
    expect(wait).toBeLessThan(30_000);
  }));
});

test('the spread doubles until the cap and stays full at the cap, so that a herd stays spread', () => {
  expect(backoff(0, 0.999)).toBe(499);
  expect(backoff(3, 0.999)).toBe(3_996);
  expect(backoff(50, 0)).toBe(0);
  expect(backoff(50, 0.999)).toBe(29_970);
});
