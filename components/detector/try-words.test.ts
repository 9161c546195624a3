import { expect, test } from 'vitest';
import { WORDS } from '#lib/widget/words.ts';
import type { Meter } from '#lib/protocol/conversation.ts';
import type { KnowledgeId } from '#lib/protocol/ids.ts';
import type { TriedTurn } from '#lib/protocol/try.ts';
import { MESSAGE_MAX, TRY_EARLIER_MAX } from '#lib/protocol/limits.ts';
import { fromChat, readTyped } from './try-form.ts';
import { factsOf, meterWords, verdictOf, visitorWords } from './try-words.ts';

const METER: Meter = { evidence: 0, misses: 0, reasons: [], cooldown: 0, offers: 0, bar: 1.5, armed: true, offer: null, clarified: false };
const SIGNALS: TriedTurn['signals'] = { request: { strength: 'none', evidence: null }, consent: null, smallTalk: false, satisfied: false, answerable: 0.1, repeated: false, frustration: 0, wantsHuman: 0, policyHits: [], promised: false };
const REPLY = { text: 'Two days.', sources: [{ id: 'k' as KnowledgeId, title: 'Delivery', score: 0.8 }] };
function turn({ signals, after, ...change }: Partial<Omit<TriedTurn, 'signals' | 'after'>> & { signals?: Partial<TriedTurn['signals']>; after?: Partial<Meter> }): TriedTurn {
  return { action: 'answer', trigger: null, reasons: [], before: METER, reply: null, engine: 'embedded', degraded: false, problem: null, tookMs: 1.26, explained: null, ...change, signals: { ...SIGNALS, ...signals }, after: { ...METER, ...after } };
}
const asked = (strength: 'ambiguous' | 'explicit') => ({ request: { strength, evidence: 'a human' } });
const words = (one: TriedTurn | null): string => { const { title, because } = verdictOf(one); return `${title}. ${because}`; };

test('a request for a person names the words that were heard, and what the settings make of it', () => {
  expect(words(turn({ action: 'escalate', trigger: 'request', signals: asked('explicit') }))).toBe('Would hand over to a person. It asks for a person: “a human”. A request is never refused.');
  expect(words(turn({ action: 'point', signals: asked('explicit') }))).toMatch(/“a human”.*Trigger mode is Button/);
  expect(words(turn({ action: 'decline', signals: asked('explicit') }))).toMatch(/“a human”.*handoff is off/);
  expect(words(turn({ action: 'offer', signals: asked('ambiguous') }))).toMatch(/may be asking for a person: “a human”/);
});
test('an offer says what it was counted from, and which bar it reached', () => {
  expect(words(turn({ action: 'offer', reasons: [{ code: 'miss', count: 2 }] }))).toBe('Would offer a person. The evidence reached the bar of 1.50 after 2 unanswered questions.');
  expect(words(turn({ action: 'offer', reasons: [{ code: 'miss', count: 1 }, { code: 'policy', evidence: 'lawyer' }] }))).toMatch(/after an unanswered question and the words “lawyer”/);
  expect(words(turn({ action: 'offer', signals: { promised: true } }))).toMatch(/promised/);
});
test('a rule of the admin and a yes to an offer are told apart from a request', () => {
  expect(words(turn({ action: 'escalate', trigger: 'policy', reasons: [{ code: 'policy', evidence: 'lawyer' }] }))).toMatch(/your settings fetch a person: “lawyer”/);
  expect(words(turn({ action: 'escalate', trigger: 'offer' }))).toMatch(/yes to the offer/);
});
test.each([[0.8, 'Would answer', /0\.80 is a good answer/], [0.5, 'Would answer, unsure', /0\.50 is a weak answer/]])('an answer of %s is called what it is', (answerable, title, because) => {
  expect(verdictOf(turn({ reply: REPLY, signals: { answerable } }))).toMatchObject({ title, because: expect.stringMatching(because) });
});
test('without an answer it says what kept the bot from offering a person', () => {
  expect(words(turn({ action: 'clarify' }))).toMatch(/^Would ask back\. No answer fits well enough: 0\.10/);
  expect(words(turn({ after: { evidence: 1 } }))).toMatch(/does not know.*The evidence is 1\.00; an offer is made at 1\.50/);
  expect(words(turn({ after: { evidence: 2, cooldown: 2 } }))).toMatch(/2 more messages pass without an offer/);
  expect(words(turn({ after: { evidence: 2, offers: 2 } }))).toMatch(/2 offers were made/);
  expect(words(turn({ after: { evidence: 2 } }))).toMatch(/Trigger mode or handoff/);
});
test('small talk, thanks and the team’s conversation have words of their own', () => {
  expect(words(turn({ reply: REPLY, signals: { smallTalk: true } }))).toMatch(/small talk/);
  expect(words(turn({ reply: REPLY, signals: { satisfied: true, answerable: 0.8 } }))).toMatch(/helped/);
  expect(words(null)).toMatch(/brought in the team/);
});
test('what the visitor would read is what the widget says', () => {
  expect(visitorWords({ type: 'queued' })).toBe(WORDS.queued);
  expect(visitorWords({ type: 'offline', text: 'Back at nine.' })).toBe('Back at nine.');
});
test('every score has its label', () => {
  const facts = new Map(factsOf(turn({ engine: null, signals: { ...asked('explicit'), repeated: true, policyHits: [{ words: 'lawyer', act: 'offer' }] } })));
  expect(Object.fromEntries(facts)).toEqual({ 'Answerable': '0.10 (no answer)', 'Asks for a person': 'Yes: “a human”', 'Seems to want one': '0.00', 'Frustration': '0.00', 'Asked before': 'Yes',
    'Policy words': '“lawyer” (offer a person)', 'Answered by': 'Nobody in time', 'Took': '1.3 ms' });
});
test('the meter says where it stands', () => {
  expect(meterWords({ ...METER, evidence: 1, clarified: true })).toBe('Evidence 1.00, an offer at 1.50; asked back once.');
  expect(meterWords({ ...METER, cooldown: 3, offers: 1 })).toBe('Evidence 0.00, an offer at 1.50; no offer for 3 more, 1 of 2 offers made.');
});

test('earlier messages are one a line; blank lines are none', () => {
  expect(readTyped({ text: ' hi ', earlier: ' one\n\n two \n' })).toEqual({ ok: true, request: { text: 'hi', earlier: ['one', 'two'] } });
  expect(readTyped({ text: 'hi', earlier: '\n' })).toEqual({ ok: true, request: { text: 'hi' } });
});
test('what cannot be tried is said at its field', () => {
  expect(readTyped({ text: ' ', earlier: '' })).toMatchObject({ ok: false, field: 'text' });
  expect(readTyped({ text: 'x'.repeat(MESSAGE_MAX + 1), earlier: '' })).toMatchObject({ ok: false, field: 'text' });
  expect(readTyped({ text: 'x', earlier: 'a\n'.repeat(TRY_EARLIER_MAX + 1) })).toMatchObject({ ok: false, field: 'earlier' });
});
test('a chat is taken over with its last message as the message', () => {
  expect(fromChat(['one', 'two\nlines', 'three'])).toEqual({ text: 'three', earlier: 'one\ntwo lines' });
  expect(readTyped(fromChat(Array.from({ length: 30 }, (_, at) => `line ${at}`)))).toMatchObject({ ok: true, request: { text: 'line 29' } });
});
