import { expect, test, vi } from 'vitest';
import { createGrowingReply } from './growing-reply.ts';

function grow() {
  const shown: string[] = [];
  return { shown, reply: createGrowingReply((text) => void shown.push(text), 100) };
}
const feed = (reply: { onText(piece: string): void }, text: string): void => { for (const char of text) reply.onText(char); };

test('a sentence is shown when it is whole, at most ten times a second, and each time all of it', () => {
  vi.useFakeTimers();
  try {
    const { shown, reply } = grow();
    feed(reply, 'It ships tod');
    expect(shown).toEqual([]);
    feed(reply, 'ay. It takes 2.5 days. Tomor');
    expect(shown).toEqual(['It ships today.']);
    vi.advanceTimersByTime(99);
    expect(shown).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(shown.at(-1)).toBe('It ships today. It takes 2.5 days.');
    vi.advanceTimersByTime(1_000);
    feed(reply, 'row.\n');
    expect(shown.at(-1)).toBe('It ships today. It takes 2.5 days. Tomorrow.');
    expect(shown).toHaveLength(3);
    reply.end(true);
    feed(reply, 'Too late. ');
    vi.advanceTimersByTime(1_000);
    expect(shown).toHaveLength(3);
  } finally { vi.useRealTimers(); }
});

test('not a word of a promise is shown: what was shown before it is taken back, and nothing comes after it', () => {
  vi.useFakeTimers();
  try {
    const { shown, reply } = grow();
    feed(reply, 'I see. I will connect you to an agent. Meanwhile read this. ');
    vi.advanceTimersByTime(1_000);
    expect(shown).toEqual(['I see.', '']);
    reply.end(false);
    expect(shown).toHaveLength(2);
    const first = grow();
    feed(first.reply, 'Someone from our team will contact you. Bye. ');
    first.reply.end(false);
    vi.advanceTimersByTime(1_000);
    expect(first.shown).toEqual([]);
  } finally { vi.useRealTimers(); }
});

test('what is not said in the end is taken back, also when a step was still to come', () => {
  vi.useFakeTimers();
  try {
    const { shown, reply } = grow();
    feed(reply, 'One. Two. ');
    reply.end(false);
    vi.advanceTimersByTime(1_000);
    expect(shown).toEqual(['One.', '']);
  } finally { vi.useRealTimers(); }
});

test('a reply longer than a message may be is not shown: it will not be one', () => {
  const { shown, reply } = grow();
  reply.onText('Well. ');
  for (let at = 0; at < 500; at++) reply.onText('It ships. ');
  expect(shown.at(-1)).toBe('');
});
