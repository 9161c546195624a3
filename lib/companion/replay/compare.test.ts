import { expect, test } from 'vitest';
import type { Action } from '#lib/protocol/turn.ts';
import { freshMeter } from '#lib/handoff/meter.ts';
import type { Decided } from '#lib/protocol/replay.ts';
import { compare, type Outcome } from './compare.ts';

const SIGNALS: Decided['signals'] = { request: { strength: 'none', evidence: null }, consent: null, smallTalk: false, satisfied: false, answerable: 0.9, repeated: false, frustration: 0, wantsHuman: 0, policyHits: [], promised: false };
const outcome = (action: Action, shown: string[]): Outcome => ({ shown, decided: { action, trigger: null, reasons: [], signals: SIGNALS, before: freshMeter(), after: freshMeter(), reply: null, assumed: false } });
/** Each letter is a turn: a(nswer), b (another answer), c(larify), o(ffer), e(scalate), p(oint), - (the team's). */
const NAMES: Record<string, Outcome | null> = { a: outcome('answer', ['Two days.']), b: outcome('answer', ['Three days.']), c: outcome('clarify', ['Say it in other words?']), o: outcome('offer', ['A person?']), e: outcome('escalate', ['queued']), p: outcome('point', ['The button.']), '-': null };
const between = (saved: string, changed: string): string => compare([...saved].map((name, at) => ({ saved: NAMES[name] ?? null, changed: NAMES[changed[at] ?? '-'] ?? null }))).map(({ at, kind }) => `${at} ${kind}`).join(', ');

test.each([
  ['nothing differs', 'acoe', 'acoe', ''],
  ['an offer that was not made', 'aca', 'aco', '2 offer'],
  ['an offer that is not made any more', 'aco', 'aca', '2 no_offer'],
  ['an escalation that was none', 'aaa', 'ae-', '1 escalate'],
  ['an escalation that is none any more', 'ae-', 'aaa', '1 no_escalate'],
  ['a request that is only pointed at the button', 'ae', 'ap', '1 no_escalate'],
  ['an escalation that becomes an offer', 'ae-', 'aoa', '1 no_escalate'],
  ['an offer that becomes an escalation', 'aoa', 'ae-', '1 escalate'],
  ['an offer at an earlier line', 'acco', 'acoa', '2 sooner'],
  ['an offer at a later line', 'coa', 'cco', '1 later'],
  ['an escalation at an earlier line', 'ccce', 'ce--', '1 sooner'],
  ['an escalation at a later line', 'ce--', 'ccce', '1 later'],
  ['an offer before a request that comes anyway', 'cce', 'coe', '1 offer'],
  ['another answer', 'ab', 'aa', '1 answer'],
  ['asked back instead of answered', 'aa', 'ca', '0 answer'],
] as const)('%s', (_, saved, changed, found) => {
  expect(between(saved, changed)).toBe(found);
});

test('what the visitor wrote after the first difference about a person says nothing about the changed settings', () => {
  expect(between('aaab', 'boba')).toBe('0 answer, 1 offer');
  expect(between('coaa', 'caoe')).toBe('1 later');
});

test('an action of another name that shows the visitor the same is no difference', () => {
  const unsure = { ...outcome('clarify', ['Two days.']) };
  expect(compare([{ saved: NAMES['a'] ?? null, changed: unsure }])).toEqual([]);
});
