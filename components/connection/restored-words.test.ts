import { expect, test } from 'vitest';
import { restoredWords } from './restored-words.ts';

test('how many came back, and for whom as far as that is known', () => {
  expect(restoredWords(['Ana'])).toContain('1 unsent reply was kept and is being sent, to Ana.');
  expect(restoredWords(['Ana', 'Ana', 'Omar'])).toContain('3 unsent replies were kept and are being sent, to Ana and Omar.');
  expect(restoredWords(['A', 'B', 'C', 'D', null])).toContain('to A, B, C and others.');
  expect(restoredWords([null])).toContain('is being sent. Drafts');
});
