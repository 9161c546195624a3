import { expect, test } from 'vitest';
import { createRunning } from './running.ts';

test('a newer one of the same person takes the place of the older, and counts once', () => {
  const running = createRunning(1);
  const first = running.begin('sam', new AbortController().signal);
  expect(first?.aborted).toBe(false);
  const second = running.begin('sam', new AbortController().signal);
  expect([first?.aborted, second?.aborted]).toEqual([true, false]);
  expect(running.begin('priya', new AbortController().signal)).toBeNull();
});

test('whoever is gone makes room', () => {
  const running = createRunning(1);
  const over = new AbortController();
  const first = running.begin('sam', over.signal);
  over.abort();
  expect(first?.aborted).toBe(true);
  expect(running.begin('priya', new AbortController().signal)?.aborted).toBe(false);
  expect(running.begin('sam', AbortSignal.abort())).toBeNull();
});
