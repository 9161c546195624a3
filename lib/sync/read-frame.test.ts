import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFrame } from './read-frame.ts';

const read = (frame: unknown) => readFrame(JSON.stringify(frame));
const member = (id: string) => ({ kind: 'member', row: { id, seq: 3, name: 'Sam', role: 'agent', revokedAt: null } });
const said = { kind: 'said', id: 'm', conversationId: 'c', index: 1, seq: 4, at: 1, author: { kind: 'visitor' }, text: 'hello' };

test('rows of a kind from the future and rows that are broken are left out; the rest and the cursor stay', () => {
  const { frame, newer, unread } = read({ type: 'feed', from: 1, to: 9, rows: [member('a'), { kind: 'tag', row: { id: 't', seq: 5 } }, { kind: 'member', row: { id: 'b' } }, member('c')] });
  expect(frame).toMatchObject({ type: 'feed', from: 1, to: 9, rows: [{ row: { id: 'a' } }, { row: { id: 'c' } }] });
  expect([newer, unread]).toEqual([['tag'], 1]);
});

test('a message with something unheard of inside is left out, the others stay in place', () => {
  const { frame, newer, unread } = read({ type: 'messages', conversationId: 'c', from: 0, to: 6, messages: [said, { ...said, id: 'n', author: { kind: 'robot' } }, { ...said, id: 'o', kind: 'called' }] });
  expect(frame).toMatchObject({ to: 6, messages: [{ id: 'm' }] });
  expect([newer, unread]).toEqual([['called'], 1]);
});

test('a frame of an unknown type is news, not a fault', () => {
  expect(read({ type: 'poll', id: 1 })).toEqual({ frame: null, newer: ['poll'], unread: 0 });
});

test('an answer settles its command whatever it carries or why it refuses', () => {
  expect(read({ type: 'ack', id: 'x', message: { kind: 'said', odd: true } }).frame).toEqual({ type: 'ack', id: 'x' });
  expect(read({ type: 'nack', id: 'x', refusal: { code: 'on_holiday', message: 'Not today.' } }).frame).toEqual({ type: 'nack', id: 'x', refusal: { code: 'wrong_state', message: 'Not today.' } });
});

test('more fields than are known change nothing', () => {
  expect(read({ type: 'pong', head: 1, serverTime: 2, mood: 'fine' })).toEqual({ frame: { type: 'pong', head: 1, serverTime: 2 }, newer: [], unread: 0 });
});

test('whatever arrives, reading it does not throw', () => {
  const frames = fc.oneof(fc.string(), fc.json(), fc.record({ type: fc.constantFrom('feed', 'messages', 'ack', 'nack', 'welcome', 'x', 7), rows: fc.anything(), messages: fc.anything(), refusal: fc.anything(), id: fc.anything() }, { requiredKeys: ['type'] })
    .map((one) => JSON.stringify(one, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? ''));
  fc.assert(fc.property(frames, (text) => {
    const { frame, newer, unread } = readFrame(text);
    expect(frame !== null || newer.length > 0 || unread > 0).toBe(true);
  }), { numRuns: 2_000 });
});
