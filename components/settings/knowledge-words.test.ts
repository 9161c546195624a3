import { expect, test } from 'vitest';
import { linesOf, resultWords } from './knowledge-words.ts';

test('a file’s result names only what happened', () => {
  expect(resultWords({ added: 12, changed: 0, removed: 1, unchanged: 40 })).toBe('12 added, 1 removed, 40 unchanged');
  expect(resultWords({ added: 0, changed: 0, removed: 0, unchanged: 0 })).toBe('nothing changed');
});
test('other ways to ask are the lines that say something, each once', () => {
  expect(linesOf(' how long \n\n when?\nhow long')).toEqual(['how long', 'when?']);
});
