import type { ReactNode } from 'react';
import { begin, cancel, fail, take, type LabState } from '#components/lab/lab-state.ts';
import { TriggerLab, type TriggerLabProps } from '#components/lab/trigger-lab.tsx';
import { WhyCard } from '#components/why/why-card.tsx';
import type { TurnsOf } from '#components/why/bot-turns.tsx';
import type { ConversationId } from '#lib/protocol/ids.ts';
import type { Decided, Difference, ReplayLine, ReplaySummary } from '#lib/protocol/replay.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';
import { ANA, NOW, said } from './fixture.ts';

const nothing = (): void => undefined;
const METER: Decided['before'] = { evidence: 0, misses: 0, reasons: [], cooldown: 0, offers: 0, bar: 1.5, armed: true, offer: null, clarified: false };
const SIGNALS: Decided['signals'] = { request: { strength: 'none', evidence: null }, consent: null, smallTalk: false, satisfied: false, answerable: 0.45, repeated: false, frustration: 0, wantsHuman: 0, policyHits: [], promised: false };
const decided = (change: Partial<Decided>): Decided => ({ action: 'answer', trigger: null, reasons: [], signals: SIGNALS, before: METER, after: { ...METER, evidence: 0.4 }, reply: 'Most repairs are done within a week.', assumed: false, ...change });
const OFFER = decided({ action: 'offer', reasons: [{ code: 'miss', count: 2 }], signals: { ...SIGNALS, answerable: 0.21 }, before: { ...METER, evidence: 1 }, after: { ...METER, evidence: 2 }, reply: null });
const FETCHED = decided({ action: 'escalate', trigger: 'policy', reasons: [{ code: 'policy', evidence: 'oil spill' }], reply: null });
const ASKED_BACK = decided({ action: 'clarify', signals: { ...SIGNALS, answerable: 0.3 }, after: { ...METER, evidence: 1 }, reply: null });

const difference = (kind: Difference['kind'], text: string, saved: Decided, changed: Decided, on: Difference['on'] = 'line'): Difference =>
  ({ kind, index: 3, text, on, saved, changed, really: { action: saved.action, reasons: [], signals: saved.signals, at: NOW - 3 * 86_400_000 } });
let seq = 0;
const reached = { offered: false, escalated: false };
const conversation = (...differences: Difference[]): ReplayLine => { seq += 1; return { type: 'conversation', done: seq, id: `c${seq}` as ConversationId, channel: seq === 2 ? 'api' : 'widget', visitor: seq === 1 ? 'Ana Ruiz' : `Visitor ${seq}F2`, lastAt: NOW, turns: [], saved: reached, changed: reached, differences, more: 0 }; };
const BEGAN: ReplayLine = { type: 'began', of: 200, by: 'rerun' };
const LINES: ReplayLine[] = [
  conversation(difference('offer', 'Can you mend the clew of a spinnaker that was torn in last week’s regatta, and how long would I be without it?', decided({}), OFFER)),
  conversation(difference('escalate', 'There is an oil spill beside berth 12', ASKED_BACK, FETCHED), difference('answer', 'sail repair?', decided({}), ASKED_BACK)),
  conversation(difference('no_offer', 'Is there a guest mooring at the east pier?', OFFER, decided({ action: 'clarify' }), 'feedback')),
  ...Array.from({ length: 11 }, (_, at) => conversation(difference('answer', `What does berth ${at + 1} cost a night?`, decided({}), ASKED_BACK))),
];
const SUMMARY: ReplaySummary = { type: 'summary', replayed: 193, skipped: 7, turns: 611, saved: { offered: 14, escalated: 9 }, changed: { offered: 14, escalated: 10 }, isComplete: true,
  kinds: { offer: 1, escalate: 1, no_offer: 1, no_escalate: 0, sooner: 0, later: 0, answer: 12 } };
const SAME: ReplaySummary = { ...SUMMARY, changed: SUMMARY.saved, kinds: { offer: 0, escalate: 0, no_offer: 0, no_escalate: 0, sooner: 0, later: 0, answer: 0 } };
const after = (...lines: ReplayLine[]): LabState => lines.reduce(take, begin('now'));
const running = after(BEGAN, ...LINES.slice(0, 2));

const lab = (state: LabState, change: Partial<TriggerLabProps> = {}): ReactNode => (
  <main style={{ display: 'grid', gap: 16, padding: 16, maxWidth: 560, margin: '0 auto' }}><h1>Support</h1>
    <TriggerLab state={state} settings="now" isDirty engine="embedded" embedder={false} isEngineDirty={false} barred={null} hrefOf={(id) => `#${id}`} onRun={nothing} onCancel={nothing} {...change} /></main>);

const TURNS: TurnRecord[] = [
  { index: 1, signals: { ...SIGNALS, answerable: 0.82 }, meter: METER, action: 'answer' as const, engine: 'embedded' as const, degraded: false },
  { index: 3, signals: { ...SIGNALS, answerable: 0.12 }, meter: METER, action: 'clarify' as const, engine: 'embedded' as const, degraded: true },
  { index: 5, signals: { ...SIGNALS, answerable: 0.08, repeated: true, frustration: 0.8 }, meter: { ...METER, evidence: 1, misses: 1, clarified: true, reasons: [{ code: 'miss' as const, count: 1 }] }, action: 'offer' as const, engine: 'embedded' as const, degraded: false },
  { index: 7, signals: { ...SIGNALS, answerable: 0, consent: 'yes' as const }, meter: { ...METER, evidence: 3.6, armed: false, offer: { messageId: 'm', turnsLeft: 2, expiresAt: NOW } }, action: 'escalate' as const, engine: null, degraded: false },
].map((one) => ({ ...one, conversationId: ANA.id, at: NOW - 60_000, handoff: { enabled: true, mode: 'both' as const }, reasons: [] }));
const ASKED = ['Where is my parcel?', 'I was charged twice and the bot keeps sending me to the FAQ, which says nothing at all about being charged twice', 'I was CHARGED TWICE'].map((text, at) => ({ ...said({ kind: 'visitor' }, text), index: at * 2 + 1 }));
const why = (turnsOf: TurnsOf): ReactNode => <main style={{ padding: 12 }}><h1>Ana Ruiz</h1><WhyCard conversation={ANA} messages={ASKED} turnsOf={turnsOf} isOpenFirst /></main>;

/** The Trigger lab, and how the bot came to an escalation. */
export const LAB_STATES: Record<string, () => ReactNode> = {
  'lab-barred': () => lab({ name: 'idle' }, { barred: 'Only leads and admins can run it.', engine: 'model', isEngineDirty: true }),
  'lab-running': () => lab(running), 'lab-done': () => lab(after(BEGAN, ...LINES, SUMMARY)), 'lab-old': () => lab(after(BEGAN, ...LINES.slice(0, 1), { ...SUMMARY, replayed: 120, skipped: 3, isComplete: false }), { settings: 'later' }),
  'lab-failed': () => lab(fail(running, 'The companion at http://127.0.0.1:8787 could not be reached.')), 'lab-cancelled': () => lab(cancel(after(BEGAN))),
  'lab-unchanged': () => lab(after(BEGAN, SAME), { isDirty: false }), 'lab-none': () => lab(after({ type: 'began', of: 0, by: 'rerun' }, { ...SAME, replayed: 0, skipped: 0 })),
  'why-turns': () => why(async () => ({ ok: true, turns: TURNS })), 'why-turns-none': () => why(async () => ({ ok: true, turns: [] })),
  'why-turns-failed': () => why(async () => ({ ok: false, words: 'The companion at http://127.0.0.1:8787 could not be reached.' })),
};
