import { expect, test } from 'vitest';
import { remember } from './remember.ts';

test('what is asked for again is not made again, until newer keys have taken its place', () => {
  const made: string[] = [];
  const length = remember(2, (text: string) => { made.push(text); return text.length; });
  expect([length('a'), length('bb'), length('a'), length('ccc'), length('a'), length('bb')]).toEqual([1, 2, 1, 3, 1, 2]);
  expect(made).toEqual(['a', 'bb', 'ccc', 'bb']);
});
test('nothing is a value like any other', () => {
  let made = 0;
  const none = remember(1, () => { made += 1; });
  none(1);
  none(1);
  expect(made).toBe(1);
});
