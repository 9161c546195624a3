import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reconnectAfter, type Comer } from './reconnect.ts';

const COMERS: Comer[] = ['agent', 'waiting', 'idle'];
const WINDOW = { agent: 1_000, waiting: 3_000, idle: 10_000 };
const TRIES = { agent: 16, waiting: 5, idle: 5 };
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** The same numbers in each run: mulberry32. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('a wait lies between nothing and the cap, whatever the client and the attempt', () => {
  fc.assert(fc.property(fc.constantFrom(...COMERS), fc.nat(10_000), fraction, (comer, attempt, random) => {
    const wait = reconnectAfter(comer, attempt, random);
    expect(wait).toBeGreaterThanOrEqual(0);
    expect(wait).toBeLessThan(30_000);
  }));
});

test('the first tries of an agent lie within 1 s, of a waiting visitor within 3 s, of an idle one within 10 s', () => {
  for (const comer of COMERS) for (let attempt = 0; attempt < TRIES[comer]; attempt++) {
    expect(reconnectAfter(comer, attempt, 0.9999)).toBeLessThan(WINDOW[comer]);
    expect(reconnectAfter(comer, attempt, 0.9999)).toBeGreaterThan(WINDOW[comer] * 0.99);
  }
});

test('a crowd of 10,000 spreads evenly: no tenth of the window gets more than 11.5 % of it', () => {
  for (const comer of COMERS) {
    const random = numbers(7);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let n = 0; n < 10_000; n++) tenths[Math.floor((reconnectAfter(comer, 0, random()) / WINDOW[comer]) * 10)]! += 1;
    expect(Math.max(...tenths), comer).toBeLessThan(1_150);
    expect(Math.min(...tenths), comer).toBeGreaterThan(850);
  }
});

test('the spread doubles after that and stays full at the cap, so that a crowd stays spread', () => {
  expect(reconnectAfter('agent', 16, 0.9999)).toBe(1_999);
  expect(reconnectAfter('waiting', 6, 0.9999)).toBe(11_998);
  for (const comer of COMERS) {
    expect(reconnectAfter(comer, 50, 0)).toBe(0);
    expect(reconnectAfter(comer, 50, 0.9999)).toBe(29_997);
  }
});
