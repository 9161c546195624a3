import { expect, test } from 'vitest';
import { policyProblem, soonerWords } from './detection-words.ts';

test('the slider is said as one in so many', () => {
  expect([0.02, 0.15, 0.5].map(soonerWords).map((one) => /1 in \d+/.exec(one)?.[0])).toEqual(['1 in 50', '1 in 7', '1 in 2']);
});

test('words are added once, and not too long', () => {
  const held = [{ words: 'Lawyer', act: 'offer' as const }];
  expect(policyProblem(' lawyer ', held)).toMatch('already');
  expect(policyProblem('x', held)).toMatch('Type the words');
  expect(policyProblem('x'.repeat(81), held)).toMatch('80');
  expect(policyProblem('cancel my contract', held)).toBeNull();
});
