import { expect, test } from 'vitest';
import type { MessageId } from '#lib/protocol/ids.ts';
import type { Message } from '#lib/protocol/message.ts';
import { byAgent, MESSAGES, NOTES, NOW, pending, PRIYA, SAM, said } from '../../tests/gallery/fixture.ts';
import { mergeThread, seenIndex, unseenOf } from './merge.ts';

const kinds = (messages: Message[], notes = NOTES, own = [pending('p', 'hi', 'queued')]) => mergeThread({ messages, notes, pending: own }, NOW);

test('messages stand by index whatever order they came in', () => {
  const mixed = kinds([...MESSAGES].reverse(), [], []).flatMap((item) => (item.kind === 'message' ? [item.message.index] : []));
  expect(mixed).toEqual(MESSAGES.map((one) => one.index));
});
test('a note stands between the messages around its time, own words last', () => {
  const items = kinds(MESSAGES);
  const at = items.findIndex((item) => item.kind === 'note');
  const before = items[at - 1]!;
  expect(before.kind === 'message' && before.message.at).toBeLessThanOrEqual(NOTES[0]!.at);
  expect(items.at(-1)?.kind).toBe('pending');
});
test('own words that have arrived are shown once', () => {
  const own = said(byAgent(SAM), 'hi', { id: 'p' as MessageId });
  expect(kinds([...MESSAGES, own]).filter((item) => item.key === 'p')).toHaveLength(1);
});
test('a day line stands before the first of each day', () => {
  expect(kinds(MESSAGES).flatMap((item) => (item.kind === 'day' ? [item.label] : []))).toEqual(['Yesterday', 'Today']);
});
test('a run by one author ends once; two colleagues are two runs', () => {
  const ends = kinds(MESSAGES, [], []).flatMap((item) => (item.kind === 'message' && item.message.kind === 'said' && item.message.author.kind === 'agent' ? [item.ends] : []));
  expect(ends).toEqual([true, true]);
});
test('beside a held reply stands what a colleague wrote since, not the visitor and not oneself', () => {
  const held = pending('h', 'mine', 'held');
  expect(unseenOf(held, MESSAGES, SAM.id).map((one) => one.author.kind === 'agent' && one.author.id)).toEqual([PRIYA.id]);
});
test('what was seen is the highest index on screen', () => {
  expect(seenIndex([])).toBe(0);
  expect(seenIndex(MESSAGES)).toBe(MESSAGES.length);
});
