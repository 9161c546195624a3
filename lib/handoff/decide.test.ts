import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Meter } from '#lib/protocol/conversation.ts';
import type { HandoffSettings, TriggerMode } from '#lib/protocol/settings.ts';
import type { TurnSignals } from '#lib/protocol/turn.ts';
import { decide, type DecideEvent } from './decide.ts';
import { freshMeter } from './meter.ts';
import { BOT_ASKED } from './phrases.ts';
import type { Decision } from './op.ts';

const NOW = 1_000;
const GOOD: TurnSignals = { request: { strength: 'none', evidence: null }, consent: null, smallTalk: false, satisfied: false, answerable: 1, repeated: false, frustration: 0, wantsHuman: 0, policyHits: [], promised: false };
const MISS = { ...GOOD, answerable: 0.1 };
const EXPLICIT: TurnSignals = { ...MISS, request: { strength: 'explicit', evidence: 'talk to a human' } };
const AMBIGUOUS: TurnSignals = { ...MISS, request: { strength: 'ambiguous', evidence: 'is anyone there' } };
const SMALL_TALK = { ...GOOD, smallTalk: true };
const set = (mode: TriggerMode = 'both', enabled = true): HandoffSettings => ({ enabled, mode, offlineMessage: '', agentLabel: '', keepOn: false });
const turn = (signals: TurnSignals): DecideEvent => ({ type: 'turn', signals });
const DECLINE: DecideEvent = { type: 'offer', accept: false };

/** Runs events one after the other; each decision. */
function run(events: DecideEvent[], settings = set(), meter = freshMeter(), at = NOW): Decision[] {
  const decisions: Decision[] = [];
  for (const event of events) decisions.push(decide(decisions.at(-1)?.meter ?? meter, event, settings, at));
  return decisions;
}
const actions = (events: DecideEvent[], settings = set()): string[] => run(events, settings).map((one) => one.action);

test('the first miss asks once for other words, the second offers a person and counts both', () => {
  const [first, second] = run([turn(MISS), turn(MISS)]);
  expect(first?.action).toBe('clarify');
  expect(second).toMatchObject({ action: 'offer', reasons: [{ code: 'miss', count: 2 }], meter: { offers: 1, offer: { turnsLeft: 2, expiresAt: NOW + 600_000 } } });
});

test.each<[string, Partial<TurnSignals>, number]>([
  ['a miss', { answerable: 0.34 }, 1], ['a weak answer', { answerable: 0.35 }, 0.4], ['a repeat', { repeated: true }, 0.6], ['frustration', { frustration: 0.7 }, 1], ['an implied wish', { wantsHuman: 0.5 }, 1],
])('%s weighs as the reference says', (_, signals, evidence) => {
  expect(run([turn({ ...GOOD, ...signals })])[0]?.meter.evidence).toBeCloseTo(evidence);
});

test('a good answer forgives most of what was, thanks and a thumbs-up all of it', () => {
  expect(run([turn(MISS), turn(GOOD)])[1]?.meter.evidence).toBeCloseTo(0.3);
  expect(run([turn(MISS), turn({ ...SMALL_TALK, satisfied: true })])[1]?.meter).toMatchObject({ evidence: 0, reasons: [] });
  expect(run([turn(MISS), { type: 'feedback', value: 'up' }])[1]?.meter.evidence).toBe(0);
});

test('small talk is an answer and never a miss', () => {
  const all = run(Array.from({ length: 5 }, () => turn({ ...SMALL_TALK, answerable: 0 })));
  expect(all.every((one) => one.action === 'answer' && one.meter.evidence === 0)).toBe(true);
});

test('after a no: three turns of peace, then a higher bar, and never a third offer', () => {
  expect(actions([turn(MISS), turn(MISS), DECLINE, turn(MISS), turn(MISS), turn(MISS), turn(MISS)])).toEqual(['clarify', 'offer', 'silent', 'clarify', 'answer', 'answer', 'offer']);
  const events = Array.from({ length: 40 }, (_, at) => (at % 8 === 7 ? DECLINE : turn(MISS)));
  expect(actions(events).filter((one) => one === 'offer')).toHaveLength(2);
});

test('an offer nobody answers lapses after two turns, or ten minutes, without a word', () => {
  const offered = run([turn(MISS), turn(MISS)]).at(-1)?.meter as Meter;
  const [one, two] = run([turn(GOOD), turn(GOOD)], set(), offered);
  expect(one?.meter.offer?.turnsLeft).toBe(1);
  expect(two).toMatchObject({ action: 'answer', settled: 'lapsed', meter: { offer: null, evidence: 0, cooldown: 3, bar: 2.5 } });
  expect(run([turn(MISS)], set(), offered, NOW + 600_000)[0]).toMatchObject({ settled: 'lapsed', action: 'clarify', meter: { offer: null, cooldown: 2 } });
});

test('yes and no in words answer the standing offer, and mean nothing without one', () => {
  const offered = run([turn(MISS), turn(MISS)]).at(-1)?.meter as Meter;
  expect(run([turn({ ...SMALL_TALK, consent: 'yes' })], set(), offered)[0]).toMatchObject({ action: 'escalate', trigger: 'offer', settled: 'accepted', reasons: [{ code: 'miss', count: 2 }, { code: 'offer_accepted' }] });
  expect(run([turn({ ...MISS, consent: 'no' })], set(), offered)[0]).toMatchObject({ action: 'silent', settled: 'declined', meter: { cooldown: 3, evidence: 0 } });
  expect(run([turn({ ...SMALL_TALK, consent: 'yes' })])[0]?.action).toBe('answer');
  expect(run([turn({ ...SMALL_TALK, consent: 'yes' })], set(), offered, NOW + 600_000)[0]?.action).toBe('answer');
});

test('a vague request is asked back once, whatever was declined before', () => {
  expect(actions([turn(MISS), turn(MISS), DECLINE, turn(AMBIGUOUS), turn(AMBIGUOUS)])).toEqual(['clarify', 'offer', 'silent', 'offer', 'clarify']);
  expect(actions([turn(AMBIGUOUS)], set('button'))).toEqual(['point']);
});

test('a thumbs-down asks for other words; the same answer asked for again after it offers a person', () => {
  expect(actions([turn(GOOD), { type: 'feedback', value: 'down' }, turn({ ...GOOD, repeated: true })])).toEqual(['answer', 'clarify', 'offer']);
  expect(actions([turn(MISS), { type: 'feedback', value: 'down' }])).toEqual(['clarify', 'offer']);
});

const signals: fc.Arbitrary<TurnSignals> = fc.record({
  request: fc.record({ strength: fc.constantFrom<TurnSignals['request']['strength']>('none', 'none', 'none', 'ambiguous', 'explicit'), evidence: fc.constantFrom(null, 'agent') }),
  consent: fc.constantFrom<TurnSignals['consent']>(null, null, 'yes', 'no'), smallTalk: fc.boolean(), satisfied: fc.boolean(), answerable: fc.constantFrom(0, 0.34, 0.5, 1), repeated: fc.boolean(),
  frustration: fc.constantFrom(0, 0.7), wantsHuman: fc.constantFrom(0, 0.6), promised: fc.boolean(), policyHits: fc.constantFrom<TurnSignals['policyHits']>([], [], [{ words: 'refund', act: 'offer' }], [{ words: 'the bot asked for a person', act: 'offer', by: 'bot' }]),
});
const event: fc.Arbitrary<DecideEvent> = fc.oneof({ weight: 4, arbitrary: signals.map(turn) }, { weight: 1, arbitrary: fc.constantFrom<DecideEvent>({ type: 'feedback', value: 'down' }, { type: 'feedback', value: 'up' }, DECLINE) });
const history = fc.array(event, { maxLength: 40 });

test('an explicit request escalates in that turn in Auto and Both, whatever came before', () => {
  fc.assert(fc.property(history, fc.constantFrom<TriggerMode>('auto', 'both'), fc.nat(2_000_000), (events, mode, later) => {
    const meter = run(events, set(mode)).at(-1)?.meter ?? freshMeter();
    expect(decide(meter, turn(EXPLICIT), set(mode), NOW + later)).toMatchObject({ action: 'escalate', trigger: 'request' });
  }));
});

test('Button mode never offers nor escalates and always points; switched off, it always says so', () => {
  fc.assert(fc.property(history, (events) => {
    const button = run([...events.filter((one) => one.type !== 'offer'), turn(EXPLICIT)], set('button'));
    expect(button.some((one) => one.action === 'offer' || one.action === 'escalate')).toBe(false);
    expect(button.at(-1)?.action).toBe('point');
    const off = run([...events.filter((one) => one.type !== 'offer'), turn(EXPLICIT)], set('both', false));
    expect(off.some((one) => one.action === 'offer' || one.action === 'escalate' || one.action === 'point')).toBe(false);
    expect(off.at(-1)?.action).toBe('decline');
  }));
});

test('no unsolicited offer inside a cool-down, never two at once, at most two in all', () => {
  fc.assert(fc.property(history, (events) => {
    let [meter, unsolicited, sinceNo] = [freshMeter(), 0, Infinity];
    for (const one of events) {
      const made = decide(meter, one, set(), NOW);
      if (one.type === 'turn') sinceNo += 1;
      if (made.action === 'offer') {
        expect(meter.offer).toBeNull();
        if (made.reasons[0]?.code !== 'request' || one.type !== 'turn' || one.signals.request.strength === 'none') {
          unsolicited += 1;
          // Three turns pass; a thumbs-down on the third one's answer already comes after them.
          expect(sinceNo).toBeGreaterThanOrEqual(one.type === 'turn' ? 4 : 3);
        }
      }
      if (made.settled === 'declined' || made.settled === 'lapsed') sinceNo = 0;
      meter = made.meter;
    }
    expect(unsolicited).toBeLessThanOrEqual(2);
  }), { numRuns: 500 });
});

test('a replay decides the same, and changes nothing it was given', () => {
  fc.assert(fc.property(history, (events) => {
    const start = Object.freeze(freshMeter());
    expect(run(events, set(), start)).toEqual(run(structuredClone(events), set(), start));
  }));
});

test('the admin’s words offer at once, or fetch a person at once; in Button mode and with handoff off they do neither', () => {
  const said = (act: 'offer' | 'escalate') => turn({ ...GOOD, policyHits: [{ words: 'cancel my contract', act }] });
  expect(run([said('offer')])[0]).toMatchObject({ action: 'offer', reasons: [{ code: 'policy', evidence: 'cancel my contract' }] });
  expect(run([said('escalate')])[0]).toMatchObject({ action: 'escalate', trigger: 'policy', reasons: [{ code: 'policy', evidence: 'cancel my contract' }] });
  // Declined once: the bot asks no more, but a rule that fetches needs no yes.
  expect(actions([turn(MISS), turn(MISS), DECLINE, said('offer'), said('escalate')])).toEqual(['clarify', 'offer', 'silent', 'answer', 'escalate']);
  for (const settings of [set('button'), set('both', false)]) expect(actions([said('offer'), said('escalate')], settings)).toEqual(['answer', 'answer']);
});

test('what the customer’s own bot asks for is done as a rule’s word is; in Button mode it points at the button, with handoff off nothing comes of it', () => {
  const said = (act: 'offer' | 'escalate') => turn({ ...GOOD, policyHits: [{ words: BOT_ASKED, act, by: 'bot' }] });
  expect(run([said('escalate')])[0]).toMatchObject({ action: 'escalate', trigger: 'policy', reasons: [{ code: 'policy', evidence: 'the bot asked for a person' }] });
  expect(actions([said('offer'), DECLINE, said('offer'), said('offer'), said('escalate')], set('auto'))).toEqual(['offer', 'silent', 'answer', 'answer', 'escalate']);
  expect(actions([said('offer'), said('escalate')], set('button'))).toEqual(['answer', 'point']);
  expect(actions([said('offer'), said('escalate')], set('both', false))).toEqual(['answer', 'answer']);
});

test('of its own accord it may do the same: no second offer while one stands or the visitor said no, and what was not done leaves no trace', () => {
  const own = (act: 'offer' | 'escalate'): DecideEvent => ({ type: 'bot', act });
  expect(actions([own('offer'), own('offer'), DECLINE, own('offer'), own('escalate')])).toEqual(['offer', 'silent', 'silent', 'silent', 'escalate']);
  const declined = run([own('offer'), DECLINE]).at(-1)?.meter ?? freshMeter();
  expect(run(Array.from({ length: 9 }, () => own('offer')), set(), declined).at(-1)).toEqual({ action: 'silent', reasons: [], meter: declined });
  expect(actions([own('offer'), own('escalate')], set('button'))).toEqual(['silent', 'point']);
  expect(actions([own('offer'), own('escalate')], set('both', false))).toEqual(['silent', 'silent']);
});

test('a reply that promised a person is an offer instead, however good the answer looked; never within the cool-down', () => {
  const promise = turn({ ...GOOD, promised: true });
  expect(run([promise])[0]).toMatchObject({ action: 'offer', reasons: [{ code: 'miss', count: 1 }] });
  expect(actions([promise, DECLINE, promise, promise])).toEqual(['offer', 'silent', 'clarify', 'answer']);
  expect(actions([promise, promise], set('button'))).toEqual(['clarify', 'answer']);
});
