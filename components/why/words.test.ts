import { expect, test } from 'vitest';
import { BOT_ASKED } from '#lib/handoff/phrases.ts';
import type { Escalation } from '#lib/protocol/conversation.ts';
import { isWebPage, pageWords, whyWords } from './words.ts';

const escalation = (trigger: Escalation['trigger'], reasons: Escalation['reasons'] = []): Escalation => ({ trigger, reasons, at: 0, index: 1, shown: 'queued' });

test('the button is named as visitors see it', () => {
  expect(whyWords(escalation('button', [{ code: 'button' }]))).toBe('Pressed Talk to a person');
});
test('a typed request quotes what was typed', () => {
  expect(whyWords(escalation('request', [{ code: 'request', evidence: 'human please' }]))).toBe('Asked for a person: “human please”');
  expect(whyWords(escalation('request', [{ code: 'request', evidence: 'human\u202E please\u2067' }]))).toBe('Asked for a person: “human please”');
});
test('an accepted offer says what led to it, counted', () => {
  expect(whyWords(escalation('offer', [{ code: 'miss', count: 2 }]))).toBe('Offered after 2 unanswered questions');
  expect(whyWords(escalation('offer', [{ code: 'miss', count: 1 }, { code: 'repeat', count: 2 }, { code: 'thumbs_down' }, { code: 'offer_accepted' }])))
    .toBe('Offered after an unanswered question, 2 repeated questions and a thumbs down');
  expect(whyWords(escalation('offer', [{ code: 'offer_accepted' }]))).toBe('Accepted the offer of a person');
});
test('a rule quotes its words; the customer’s own bot is named as who asked', () => {
  expect(whyWords(escalation('policy', [{ code: 'policy', evidence: 'my lawyer' }]))).toBe('Escalated by a rule: “my lawyer”');
  expect(whyWords(escalation('policy', [{ code: 'policy', evidence: BOT_ASKED }]))).toBe('The bot asked for a person');
  expect(whyWords(escalation('policy', [{ code: 'policy', evidence: BOT_ASKED }, { code: 'miss', count: 2 }]))).toBe('The bot asked for a person after 2 unanswered questions');
});
test('a claim from the bot names who took it', () => {
  expect(whyWords(escalation('agent', [{ code: 'agent', evidence: 'Sam' }]))).toBe('Claimed by Sam while the bot was answering');
});
test('only web pages become links', () => {
  expect(pageWords('https://shop.example/checkout?a=1#x')).toBe('shop.example/checkout?a=1');
  expect(isWebPage('javascript:alert(1)')).toBe(false);
  expect(pageWords('javascript:alert(1)')).toBe('javascript:alert(1)');
});
