import { expect, test } from 'vitest';
import { ANA, claimedBy, conversation, escalated, FOUR, NOW, PRIYA, ROWS, SAM } from '../../tests/gallery/fixture.ts';
import { NO_FILTER, passes } from './filter.ts';
import { rowsOf } from './queue.ts';
import { rowWords, urgencyOf } from './row-words.ts';

test('the queue has the longest wait first and nobody who is claimed', () => {
  expect(rowsOf('waiting', ROWS, SAM.id).map((one) => one.visitor.name)).toEqual(['Omar', 'Ana Ruiz', 'Visitor 4F2', 'Jo']);
});
test('playground conversations never wait and are hidden unless asked for', () => {
  const play = conversation('P', 'x', { channel: 'playground', status: 'escalated', floor: 'team', escalation: escalated(9) });
  expect(rowsOf('waiting', [play], SAM.id)).toEqual([]);
  expect(passes(NO_FILTER, play)).toBe(false);
  expect(passes({ ...NO_FILTER, channel: 'playground' }, play)).toBe(true);
});
test('an e-mail keeps its place in the queue and is listed with the e-mails too', () => {
  const still = conversation('E', 'x', { status: 'escalated', floor: 'team', escalation: escalated(4), email: { address: 'e@example.org', at: NOW } });
  expect(rowsOf('waiting', [still, ...ROWS], SAM.id)).toContain(still);
  expect(rowsOf('email', [still, ...ROWS], SAM.id).map((one) => one.visitor.name)).toEqual(['Omar', 'E']);
});
test('a wait turns amber after one minute and red after five', () => {
  expect([0.5, 1, 4.9, 5].map((minutes) => urgencyOf({ ...FOUR, escalation: escalated(minutes) }, NOW))).toEqual(['new', 'wait', 'wait', 'urgent']);
  expect(urgencyOf({ ...FOUR, ...claimedBy(SAM) }, NOW)).toBe('none');
});
test('a row says how long, why and whose', () => {
  expect(rowWords(ANA, SAM.id, NOW)).toMatchObject({ time: '6:12 waiting', timeAloud: 'waiting 6 min', reason: 'Offered after 2 unanswered questions', needsAnswer: false });
  expect(rowWords({ ...ANA, ...claimedBy(PRIYA) }, SAM.id, NOW).reason).toBe('Claimed by Priya · Offered after 2 unanswered questions');
  expect(rowWords({ ...ANA, ...claimedBy(SAM) }, SAM.id, NOW).reason).toMatch(/^Yours · /);
});
test('words look at name, last line and e-mail', () => {
  const found = (text: string) => ROWS.filter((one) => passes({ ...NO_FILTER, text }, one)).map((one) => one.visitor.name);
  expect(found('CHARGED')).toEqual(['Ana Ruiz']);
  expect(found('omar@')).toEqual(['Omar']);
});
