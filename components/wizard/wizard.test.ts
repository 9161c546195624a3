import { expect, test } from 'vitest';
import { markPart, nextPart, partWords } from './finish.ts';
import { addFiles, addPair, backStep, greetingOf, isDirty, nextStep, removeFile, removePair, settingsOfWizard, startWizard, type Wizard } from './wizard.ts';

let count = 0;
const newId = (): string => `id-${count += 1}`;
const fresh = (change: Partial<Wizard> = {}): Wizard => ({ ...startWizard(newId), ...change });
const next = (wizard: Wizard): Wizard => nextStep(wizard, newId);

test('the proposal: handoff on, mode Both, label Support Agent, Agents available off, no site', () => {
  expect(settingsOfWizard(fresh({ name: ' Night helper ' }))).toEqual({ name: 'Night helper', greeting: 'Hi, I’m Night helper. How can I help?', sites: [],
    handoff: { enabled: true, mode: 'both', offlineMessage: '', agentLabel: 'Support Agent', keepOn: false } });
  expect(fresh().available).toBe(false);
});
test('the proposed greeting follows the name until somebody writes another, an empty one too', () => {
  expect(greetingOf({ name: '', greeting: null })).toBe('Hi! How can I help?');
  expect(greetingOf({ name: 'Bean', greeting: '' })).toBe('');
});
test('Basics wants a name; Next stays there and says so', () => {
  const stuck = next(fresh({ name: '  ' }));
  expect([stuck.step, stuck.errors.name]).toEqual(['basics', expect.stringContaining('name')]);
  expect(next({ ...stuck, name: 'Bean' })).toMatchObject({ step: 'knowledge', errors: {} });
  expect(next(fresh({ name: 'x'.repeat(81) })).step).toBe('basics');
});
test('Knowledge may be skipped', () => {
  expect(next(fresh({ name: 'Bean', step: 'knowledge' })).step).toBe('support');
});
test('Next keeps a typed pair that was not added yet, and stops at half a pair', () => {
  const whole = next(fresh({ step: 'knowledge', typed: { question: ' When? ', answer: 'Now.' } }));
  expect(whole).toMatchObject({ step: 'support', pairs: [{ question: 'When?', answer: 'Now.' }], typed: { question: '', answer: '' } });
  const half = next(fresh({ step: 'knowledge', typed: { question: 'When?', answer: ' ' } }));
  expect(half).toMatchObject({ step: 'knowledge', pairs: [], typed: { question: 'When?' }, pairErrors: { answer: expect.any(String) } });
});
test('going back loses nothing', () => {
  const support = next(next(fresh({ name: 'Bean', greeting: 'Hello', typed: { question: 'When?', answer: 'Now.' } })));
  const back = backStep(backStep({ ...support, available: true }));
  expect(back.step).toBe('basics');
  expect(next(next(back))).toEqual({ ...support, available: true });
  expect(backStep(fresh()).step).toBe('basics');
});
test('pairs and files can be taken away again; a file of the same name replaces the first', () => {
  const typed = addPair(addPair(fresh({ typed: { question: 'a', answer: 'b' } })));
  expect([typed.pairs.length, typed.pairErrors.question]).toEqual([1, expect.any(String)]);
  expect(removePair(typed, 0).pairs).toEqual([]);
  const files = addFiles(addFiles(fresh(), [{ name: 'a.md', base64: 'b25l' }], [], newId), [{ name: 'a.md', base64: 'dHdv' }, { name: 'b.md', base64: '' }], [{ name: 'c.exe', reason: 'no' }], newId);
  expect(files.files.map(({ name, base64 }) => [name, base64])).toEqual([['a.md', 'dHdv'], ['b.md', '']]);
  expect(files.refused).toEqual([{ name: 'c.exe', reason: 'no' }]);
  expect(removeFile(files, files.files[0]!.id).files.map(({ name }) => name)).toEqual(['b.md']);
});
test('leaving loses something only once something was typed or chosen, and until the bot is made', () => {
  expect(isDirty(fresh())).toBe(false);
  expect([fresh({ name: 'B' }), fresh({ greeting: '' }), fresh({ available: true }), fresh({ typed: { question: '', answer: 'x' } })].every(isDirty)).toBe(true);
  const made = next(fresh({ name: 'Bean', step: 'support' }));
  expect(isDirty(made)).toBe(true);
  const finish = made.finish!.parts.reduce((all, { id }) => markPart(all, id, 'done'), made.finish!);
  expect(isDirty({ ...made, finish })).toBe(false);
});

const made = next(fresh({ name: 'Bean', step: 'support', available: true, pairs: [{ question: 'a', answer: 'b' }], files: [{ id: 'f1' as never, name: 'a.md', base64: '' }] }));
test('the bot is made in order, each part under an id of its own that stays', () => {
  const { parts } = made.finish!;
  expect(parts.map((part) => partWords(part, made))).toEqual(['Add Bean', 'Teach it the question you typed', 'Read a.md', 'Save greeting and support settings', 'Switch Agents available on']);
  expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
  expect(next(fresh({ name: 'Bean', step: 'support' })).finish!.parts.map(({ kind }) => kind)).toEqual(['bot', 'settings']);
});
test('after a failure it goes on where it stopped, under the same id', () => {
  const [bot, questions] = made.finish!.parts;
  const failed = markPart(markPart(made.finish!, bot!.id, 'done'), questions!.id, 'failed', 'unreachable');
  expect(nextPart(failed)).toMatchObject({ id: questions!.id, kind: 'questions', state: 'failed', problem: 'unreachable' });
  expect(backStep({ ...made, finish: failed }).step).toBe('done');
  expect(nextPart(failed.parts.reduce((all, { id }) => markPart(all, id, 'done'), failed))).toBeNull();
});
