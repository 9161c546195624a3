import { expect, test } from 'vitest';
import { ANA, claimedBy, conversation, PRIYA, SAM } from '../../tests/gallery/fixture.ts';
import { ACTION_LABEL, actionsFor, standingOf } from './actions.ts';

const labels = (...of: Parameters<typeof actionsFor>) => actionsFor(...of).map((action) => ACTION_LABEL[action]);

test('each state offers what the server would accept', () => {
  expect(labels(conversation('a', ''), SAM)).toEqual(['Claim', 'Resolve']);
  expect(labels(ANA, SAM)).toEqual(['Claim', 'Return to bot', 'Resolve']);
  expect(labels({ ...ANA, ...claimedBy(SAM) }, SAM)).toEqual(['Return to bot', 'Resolve', 'Release']);
  expect(labels({ ...ANA, status: 'resolved' }, SAM)).toEqual(['Reopen', 'Archive']);
  expect(labels({ ...ANA, status: 'archived' }, SAM)).toEqual(['Reopen']);
});
test("a colleague's conversation is theirs or a lead's", () => {
  expect(labels({ ...ANA, ...claimedBy(PRIYA) }, SAM)).toEqual([]);
  expect(labels({ ...ANA, ...claimedBy(SAM) }, PRIYA)).toEqual(['Return to bot', 'Resolve', 'Release']);
});
test('the composer knows how it stands', () => {
  expect(standingOf(ANA, SAM)).toEqual({ name: 'free', botAnswers: false });
  expect(standingOf(conversation('a', ''), SAM)).toEqual({ name: 'free', botAnswers: true });
  expect(standingOf({ ...ANA, ...claimedBy(PRIYA) }, SAM)).toEqual({ name: 'taken', by: 'Priya' });
  expect(standingOf({ ...ANA, ...claimedBy(SAM) }, SAM)).toEqual({ name: 'mine' });
});
