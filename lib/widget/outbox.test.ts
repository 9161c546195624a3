import { expect, test } from 'vitest';
import type { VisitorCommand } from '#lib/protocol/visitor.ts';
import { createKeep } from './storage.ts';
import { createOutbox } from './outbox.ts';

const frame = (id: string): VisitorCommand => ({ type: 'message', id, text: id }) as VisitorCommand;
const blocked = createKeep.bind(null, 'b', () => { throw new DOMException('blocked', 'SecurityError'); });

test('what is not acknowledged is there after a reload, in order, and what is acknowledged is gone', () => {
  const keep = blocked();
  const before = createOutbox(keep);
  for (const id of ['a1', 'a2', 'a3']) before.add(frame(id));
  before.take();
  before.done('a1');
  expect(createOutbox(keep).take().map((each) => each.id)).toEqual(['a2', 'a3']);
});

test('at most 16 are under way, and a cut sends them again', () => {
  const outbox = createOutbox(blocked());
  for (let i = 10; i < 30; i++) outbox.add(frame(`a${i}`));
  expect(outbox.take()).toHaveLength(16);
  expect(outbox.take()).toHaveLength(0);
  outbox.done('a10');
  expect(outbox.take().map((each) => each.id)).toEqual(['a26']);
  outbox.rewind();
  expect(outbox.take()[0]?.id).toBe('a11');
});

test('a refused message waits for the visitor to retry', () => {
  const outbox = createOutbox(blocked());
  outbox.add(frame('a1'));
  outbox.take();
  outbox.fail('a1', 'Too fast');
  expect(outbox.take()).toEqual([]);
  outbox.retry('a1');
  expect(outbox.take()).toHaveLength(1);
});

test('a damaged stored command is dropped and the others are kept', () => {
  const keep = blocked();
  createOutbox(keep).add(frame('a2'));
  keep.set('out:a1', '{');
  expect(createOutbox(keep).take().map((each) => each.id)).toEqual(['a2']);
});
