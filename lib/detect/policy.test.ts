import { expect, test } from 'vitest';
import { policyHits } from './policy.ts';

const hits = (text: string, ...words: string[]): string[] => policyHits(text, words.map((one) => ({ words: one, act: 'offer' }))).map((one) => one.words);

test('words are found as whole words, whatever their case, spacing and marks', () => {
  expect(hits('My LAWYER  will call you', 'lawyer', 'my lawyer', 'law')).toEqual(['lawyer', 'my lawyer']);
  expect(hits('I’m going to “cancel   my contract”!', 'cancel my contract', "i'm going")).toEqual(['cancel my contract', "i'm going"]);
  expect(hits('lawyerless lawyers', 'lawyer')).toEqual([]);
});

test('a pattern is only its own signs, and every script is one', () => {
  expect(hits('a.c abc', 'a.c')).toEqual(['a.c']);
  expect(hits('abc', 'a.c', '.*', '')).toEqual([]);
  expect(hits('我要投诉你们', '投诉')).toEqual(['投诉']);
  expect(hits('Ich möchte kündigen.', 'KÜNDIGEN')).toEqual(['KÜNDIGEN']);
});
