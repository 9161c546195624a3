import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '#lib/protocol/message.ts';
import { apply, EMPTY, merge, type Timeline } from './timeline.ts';

const message = (index: number, seq = index): Message =>
  ({ id: `m${index}`, conversationId: 'c', index, seq, at: 0, kind: 'said', author: { kind: 'visitor' }, text: `${index}` }) as unknown as Message;

test('a frame that leaves a hole is not applied', () => {
  expect(apply(EMPTY, { from: 1, to: 2, messages: [message(2)] })).toBeNull();
});

test('an acknowledged message is shown at once and does not hide a hole before it', () => {
  const line = merge(EMPTY, [message(3)]);
  expect(line.messages).toHaveLength(1);
  expect(line.held).toBe(0);
});

test("whatever frames are cut, lost or doubled, the visitor's list ends as the server's", () => {
  const server = Array.from({ length: 20 }, (_, place) => message(place + 1));
  fc.assert(fc.property(fc.array(fc.record({ from: fc.nat(19), length: fc.integer({ min: 1, max: 5 }) })), (frames) => {
    let line: Timeline = EMPTY;
    const deliver = (from: number, to: number): void => {
      const messages = server.slice(from, to);
      line = apply(line, { from, to, messages }) ?? apply(line, { from: line.held, to, messages: server.slice(line.held, to) }) ?? line;
      expect(line.messages).toEqual(server.slice(0, line.held));
    };
    for (const { from, length } of frames) deliver(from, Math.min(20, from + length));
    deliver(20 - 1, 20);
    expect(line.messages).toEqual(server);
  }));
});
