import { expect, test } from 'vitest';
import { freshMeter } from '#lib/handoff/meter.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';
import { DIFFERENCES, type Decided, type Difference, type DifferenceKind, type ReplayLine, type ReplaySummary } from '#lib/protocol/replay.ts';
import { begin, cancel, fail, take, type LabState } from './lab-state.ts';
import { decidedWords, KIND_NAMES, skippedWords, sourceWords, summaryWords } from './lab-words.ts';

const METER = freshMeter();
const SIGNALS: Decided['signals'] = { request: { strength: 'none', evidence: null }, consent: null, smallTalk: false, satisfied: false, answerable: 0.9, repeated: false, frustration: 0, wantsHuman: 0, policyHits: [], promised: false };
const ANSWER: Decided = { action: 'answer', trigger: null, reasons: [], signals: SIGNALS, before: METER, after: METER, reply: 'Nine.', assumed: false };
const DIFFERENCE: Difference = { kind: 'offer', index: 1, text: 'open?', on: 'line', saved: ANSWER, changed: null, really: { action: 'answer', reasons: [], signals: SIGNALS, at: 0 } };
const kinds = (some: Partial<Record<DifferenceKind, number>>): ReplaySummary['kinds'] => ({ ...Object.fromEntries(DIFFERENCES.map((kind) => [kind, 0])) as ReplaySummary['kinds'], ...some });
const summary = (some: Partial<Record<DifferenceKind, number>>, replayed = 200): ReplaySummary => ({ type: 'summary', replayed, skipped: 0, turns: 400, saved: { offered: 1, escalated: 2 }, changed: { offered: 3, escalated: 4 }, kinds: kinds(some), isComplete: true });
const conversation = (done: number, differences: Difference[]): ReplayLine => ({ type: 'conversation', done, id: `c${done}` as ConversationId, channel: 'widget', visitor: 'Ana', lastAt: 0, turns: [], saved: { offered: false, escalated: false }, changed: { offered: false, escalated: false }, differences, more: 0 });

test('a run counts, gathers what differs with its conversation, and ends with the summary', () => {
  const lines: ReplayLine[] = [{ type: 'began', of: 3, by: 'recorded' }, conversation(1, [DIFFERENCE]), { type: 'skipped', done: 2 }, conversation(3, [])];
  const running = lines.reduce(take, begin('s'));
  expect(running).toMatchObject({ name: 'running', settings: 's', of: 3, by: 'recorded', done: 3, found: [{ kind: 'offer', conversation: { id: 'c1', visitor: 'Ana' } }] });
  expect(take(running, summary({}))).toMatchObject({ name: 'done', done: 3, summary: { replayed: 200 } });
  expect(take(running, { type: 'failed', message: 'No.' })).toMatchObject({ name: 'failed', words: 'No.', found: [{}] });
});

test('what is over stays as it ended, whatever still comes', () => {
  const done = take(begin('s'), summary({}));
  const cancelled = cancel(begin('s'));
  for (const state of [done, cancelled, { name: 'idle' }] satisfies LabState[]) {
    expect(take(state, conversation(9, [DIFFERENCE]))).toBe(state);
    expect(fail(state, 'late')).toBe(state);
    expect(cancel(state)).toBe(state);
  }
});

test('the summary is one sentence with what there is, and says so when there is nothing', () => {
  expect(summaryWords(summary({ offer: 12, no_offer: 3 }))).toBe('With these settings, of 200 conversations, 12 would be offered a person who were not; 3 would no longer be offered one.');
  expect(summaryWords(summary({ escalate: 1, answer: 2 }, 1))).toBe('With these settings, of 1 conversation, 1 would be handed to a person who was not; in 2 the bot would say something else.');
  expect(summaryWords(summary({}))).toBe('With these settings all 200 conversations would go as with the saved ones.');
  for (const kind of DIFFERENCES) expect([kind, summaryWords(summary({ [kind]: 7 })), KIND_NAMES[kind].length > 0]).toEqual([kind, expect.stringContaining('7'), true]);
});

test('a decision has the words of Try the detector; a thumb has its own, and what was assumed is said', () => {
  expect(decidedWords(ANSWER, 'line')).toEqual({ title: 'Would answer', because: '0.90 is a good answer (from 0.70).' });
  expect(decidedWords(null, 'line').title).toBe('Would say nothing');
  expect(decidedWords({ ...ANSWER, action: 'clarify', after: { ...METER, evidence: 0.7 } }, 'feedback')).toEqual({ title: 'Would ask back', because: 'The evidence after the thumb is 0.70; an offer is made at 1.50.' });
  expect(decidedWords({ ...ANSWER, action: 'offer', reasons: [{ code: 'thumbs_down', count: 1 }, { code: 'miss', count: 1 }] }, 'feedback').because).toContain('a thumbs down');
  expect(decidedWords({ ...ANSWER, assumed: true }, 'line').because).toContain('not asked then');
});

test('what a result is worth is said', () => {
  expect(sourceWords('recorded', 'model', false)).toMatch(/^The chat model is not asked again.*slider changes nothing/);
  expect(sourceWords('rerun', 'embedded', true)).toContain('embeddings endpoint is asked');
  expect([skippedWords(0), skippedWords(1)]).toEqual([null, '1 conversation has no line that the bot took, and is left out.']);
});
