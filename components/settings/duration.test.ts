import { expect, test } from 'vitest';
import { DAY, MINUTE } from '#lib/base/time.ts';
import { durationText, readDuration } from './duration.ts';

test('minutes and days go there and back', () => {
  expect(durationText(3 * MINUTE, 'minutes')).toBe('3');
  expect(durationText(30 * DAY, 'days')).toBe('30');
  expect(readDuration('0,5', 'minutes', 0)).toEqual({ ok: true, ms: 30_000 });
  expect(readDuration(' 30 ', 'days', 0)).toEqual({ ok: true, ms: 30 * DAY });
});
test('zero is allowed where it means never', () => {
  expect(readDuration('0', 'minutes', 0)).toEqual({ ok: true, ms: 0 });
  expect(readDuration('0', 'minutes', MINUTE)).toEqual({ ok: false, words: 'At least 1 minute.' });
});
test('anything else is refused in words', () => {
  expect(readDuration('', 'days', 0)).toEqual({ ok: false, words: 'Type a number of days, for example 30.' });
  expect(readDuration('-1', 'minutes', 0)).toMatchObject({ ok: false });
  expect(readDuration('99999', 'days', 0)).toEqual({ ok: false, words: 'That is more than ten years.' });
});
