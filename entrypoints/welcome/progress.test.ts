import { expect, test } from 'vitest';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { MemberId } from '#lib/protocol/ids.ts';
import { progressOf } from './progress.ts';

const ME = 'm1' as MemberId;
const conversation = (change: Partial<Conversation>): Conversation =>
  ({ id: 'c1', channel: 'widget', status: 'escalated', floor: 'team', claim: null, team: [], resolvedBy: null, ...change }) as Conversation;
const claim = { memberId: ME, name: 'Sam', at: 1, activeAt: 1 };
const team = [{ memberId: ME, name: 'Sam', index: 3 }];

test('the steps tick in the order in which they happen', () => {
  expect(progressOf(null, [], [])).toBe(0);
  expect(progressOf(ME, [], [])).toBe(1);
  expect(progressOf(ME, [conversation({})], [])).toBe(2);
  expect(progressOf(ME, [conversation({ claim })], [])).toBe(3);
  expect(progressOf(ME, [conversation({ claim, team })], [])).toBe(4);
  expect(progressOf(ME, [conversation({ team, status: 'resolved', resolvedBy: { id: ME, name: 'Me' } })], [])).toBe(5);
  expect(progressOf(ME, [conversation({ team, status: 'open', floor: 'bot' })], [])).toBe(5);
});
test('a reply still in the outbox has not reached the visitor', () => {
  expect(progressOf(ME, [conversation({ claim, team })], [{ conversationId: 'c1' as Conversation['id'] }])).toBe(3);
});
test('somebody else’s claim and the playground tick nothing of mine', () => {
  expect(progressOf(ME, [conversation({ claim: { ...claim, memberId: 'm2' as MemberId } })], [])).toBe(2);
  expect(progressOf(ME, [conversation({ channel: 'playground' })], [])).toBe(1);
});
