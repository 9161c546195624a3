import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSender } from './sender.ts';

const MB = 'x'.repeat(1024 * 1024);
/** A socket whose reader takes what `read` says, no more. */
function createWay() {
  const waiting: { bytes: number; done?: () => void }[] = [];
  const told: string[] = [];
  const way = {
    readyState: 1 as 0 | 1 | 2 | 3, OPEN: 1 as const, bufferedAmount: 0,
    send(data: unknown, _options: unknown, done?: () => void) {
      const bytes = (data as Buffer).length;
      waiting.push(done ? { bytes, done } : { bytes });
      way.bufferedAmount += bytes;
    },
    close(code?: number) { way.readyState = 2; told.push(`closed ${code}`); },
    terminate() { way.readyState = 3; told.push('terminated'); },
    read(frames: number) { for (const { bytes, done } of waiting.splice(0, frames)) { way.bufferedAmount -= bytes; done?.(); } },
  };
  const sender = createSender(way, { cork() { /* nothing is written here */ }, uncork() { /* nothing is written here */ } }, () => told.push('slow'));
  return { way, told, sender };
}
beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test('who reads nothing is dropped two seconds after a megabyte, and let go of though the farewell is not read', () => {
  const { told, sender } = createWay();
  for (let n = 0; n < 3; n++) sender.sendText(MB);
  vi.advanceTimersByTime(1_900);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(told).toEqual(['closed 4408', 'slow']);
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual(['closed 4408', 'slow', 'terminated']);
});

test('who reads, however much comes at once and without an end, is kept', () => {
  const { way, told, sender } = createWay();
  for (let n = 0; n < 100; n++) {
    for (let k = 0; k < 10; k++) sender.sendText(MB);
    vi.advanceTimersByTime(300);
    way.read(n === 0 ? 5 : 10);
  }
  expect(told).toEqual([]);
});

test('a long answer makes no slow reader, and what happens meanwhile may wait behind it; 32 MB are the end', () => {
  const { way, told, sender } = createWay();
  for (let n = 0; n < 20; n++) sender.sendAnswer(MB);
  sender.sendText('{"type":"pong"}');
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([]);
  way.read(10);
  for (let n = 0; n < 23; n++) sender.sendAnswer(MB);
  expect(told).toEqual(['closed 4408', 'slow']);
});
