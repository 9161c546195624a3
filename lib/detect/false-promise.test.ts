import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { falsePromise, PROMISE_LANGUAGES, wholeSentences } from './false-promise.ts';

interface Row { lang: string; promise: boolean; text: string }
const rows = readFileSync(join(import.meta.dirname, 'promise/promises.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Row);
const [claims, others] = [rows.filter(({ promise }) => promise), rows.filter(({ promise }) => !promise)];

test('there is enough to judge by: at least 120 claims and 120 look-alikes, in every language there are rules for', () => {
  expect(claims.length).toBeGreaterThanOrEqual(120);
  expect(others.length).toBeGreaterThanOrEqual(120);
  for (const of of [claims, others]) expect([...new Set(of.map(({ lang }) => lang))].toSorted()).toEqual(PROMISE_LANGUAGES.toSorted());
  expect(new Set(rows.map(({ text }) => text)).size).toBe(rows.length);
});

describe('a claim is found', () => {
  test.each(claims.map(({ lang, text }) => [lang, text]))('%s: %s', (_, text) => expect(falsePromise(text)).not.toBeNull());
});
describe('what only informs passes', () => {
  test.each(others.map(({ lang, text }) => [lang, text]))('%s: %s', (_, text) => expect(falsePromise(text)).toBeNull());
});

test('a claim is found wherever it stands among information, in capitals and with other apostrophes', () => {
  const around = others.filter(({ lang }) => lang === 'en').slice(0, 8).map(({ text }) => text).join(' ');
  for (const { text } of claims) {
    expect(falsePromise(`${around} ${text}`), text).not.toBeNull();
    expect(falsePromise(`${text} ${around}`), text).not.toBeNull();
    expect(falsePromise(`${around}\n- **${text}**\n`), text).not.toBeNull();
  }
  for (const text of ['I’LL CONNECT YOU TO AN AGENT', 'OK - i\u00a0will  transfer you to a human', '*I\'ve escalated this* to my manager', 'Sure, I‘ll put you through!']) expect(falsePromise(text), text).not.toBeNull();
});

test('a long sentence hides no claim, and no text of 4,000 characters takes long', () => {
  for (const before of [0, 440, 580, 595, 1_000, 3_000]) expect(falsePromise(`${'the boots are brown and '.repeat(200).slice(0, before)} and i will connect you to an agent`), String(before)).not.toBeNull();
  for (const text of ['a', 'ich ', 'i will ', 'you are ', 'someone ', 'our support team ', '您会', '担当者が', '저희가 ', 'सकता ', '@']) {
    const whole = text.repeat(4_000 / text.length);
    // The best of three: what other processes do to the clock is not ours.
    const once = (): number => { const began = performance.now(); falsePromise(whole); return performance.now() - began; };
    expect(Math.min(once(), once(), once()), text).toBeLessThan(200);
  }
});

test('while a text grows, an end of a sentence stays one: what was shown has been judged as it will be in the end', () => {
  const text = fc.array(fc.constantFrom('Hi', ' there', '.', ' ', '\n', '!?', '"', ')', 'e.g.', '3.50', '。', 'です', '…', '؟', '。。')).map((parts) => parts.join(''));
  fc.assert(fc.property(text, fc.nat(), (whole, at) => {
    const prefix = whole.slice(0, at % (whole.length + 1));
    const end = wholeSentences(prefix);
    expect(cuts(whole).filter((cut) => cut <= end)).toEqual(cuts(prefix.slice(0, end)));
  }));
});

/** Where one sentence ends and the next begins, blank ones included. */
function cuts(text: string): number[] {
  const found: number[] = [];
  for (let at = 1; at <= text.length; at++) if (wholeSentences(text.slice(0, at)) === at) found.push(at);
  return found;
}
