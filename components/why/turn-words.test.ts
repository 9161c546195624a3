import { expect, test } from 'vitest';
import { freshMeter } from '#lib/handoff/meter.ts';
import { ACTIONS, type TurnRecord } from '#lib/protocol/turn.ts';
import { doneWords, evidenceWords, meterAfter, signalWords } from './turn-words.ts';

const SIGNALS: TurnRecord['signals'] = { request: { strength: 'none', evidence: null }, consent: null, smallTalk: false, satisfied: false, answerable: 0.1, repeated: false, frustration: 0, wantsHuman: 0, policyHits: [], promised: false };
const heard = (signals: Partial<TurnRecord['signals']>, more: Partial<TurnRecord> = {}): string => signalWords({ signals: { ...SIGNALS, ...signals }, engine: 'embedded', degraded: false, ...more }).join('; ');

test('what the bot did is told afterwards; an answer says how sure it was', () => {
  expect([0.9, 0.5, 0.1].map((answerable) => doneWords({ action: 'answer', signals: { ...SIGNALS, answerable } }))).toEqual(['Answered', 'Answered, unsure', 'Had no answer']);
  expect(doneWords({ action: 'answer', signals: { ...SIGNALS, smallTalk: true } })).toBe('Answered');
  expect(new Set(ACTIONS.map((action) => doneWords({ action, signals: SIGNALS }))).size).toBe(ACTIONS.length);
});
test('what was heard is quoted, without marks that would turn what follows', () => {
  expect(heard({ request: { strength: 'explicit', evidence: 'a \u202Ehuman' } })).toBe('asks for a person: “a human”; no answer fits (0.10)');
  expect(heard({ repeated: true, frustration: 0.8, wantsHuman: 0.6 })).toBe('the same question again; frustration 0.80; seems to want a person 0.60; no answer fits (0.10)');
  expect(heard({ policyHits: [{ words: 'lawyer', act: 'offer' }, { words: 'x', act: 'escalate', by: 'bot' }] })).toBe('policy words “lawyer”; the bot asked to fetch a person; no answer fits (0.10)');
  expect(heard({ consent: 'yes' }, { engine: null })).toBe('says yes to an offer, if one stands; the bot was not asked, or did not answer in time');
  expect(heard({ smallTalk: true, answerable: 1 })).toBe('small talk');
  expect(heard({}, { degraded: true })).toContain('the knowledge base answered instead');
});
test('the meter after a turn is made again from its record', () => {
  const record = { meter: { ...freshMeter(), evidence: 1, misses: 1, clarified: true }, signals: { ...SIGNALS, repeated: true }, handoff: { enabled: true, mode: 'both' as const }, at: 0 };
  expect(meterAfter(record)).toEqual({ evidence: 2.6, bar: 1.5 });
  expect(evidenceWords(meterAfter(record))).toBe('Evidence 2.60, an offer at 1.50');
});
