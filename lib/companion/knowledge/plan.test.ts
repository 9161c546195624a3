import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BotId, KnowledgeId } from '#lib/protocol/ids.ts';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import { KNOWLEDGE_ENTRIES_MAX } from '#lib/protocol/limits.ts';
import type { Parsed, ParsedEntry } from './parse.ts';
import { planImport, type Plan } from './plan.ts';

const botId = BotId.parse('b');
let ids = 0;
const parts = { botId, now: 1_000, newId: () => KnowledgeId.parse(`n${ids += 1}`) };
const section = (title: string, text: string, phrasings?: string[]): ParsedEntry => ({ kind: 'document', title, text, file: 'a.md', ...(phrasings ? { phrasings } : {}) });
const file = (entries: ParsedEntry[], name = 'a.md'): Parsed => ({ ok: true, name, entries: entries.map((one) => ({ ...one, file: name })), notes: [] });
const after = (held: readonly KnowledgeEntry[], { put, remove }: Plan): KnowledgeEntry[] => [...held.filter(({ id }) => !remove.includes(id) && !put.some((one) => one.id === id)), ...put];
const said = (entries: readonly (KnowledgeEntry | ParsedEntry)[]): string[] => entries.map(({ title, text }) => `${title}: ${text}`).toSorted();

test('a file read again: unchanged entries stay untouched, changed ones keep their id, gone ones go, other files and what was typed stay', () => {
  const first = planImport([], [{ kind: 'faq', title: 'Typed?', text: 'Yes.', file: null }], [file([section('A', '1'), section('B', '2'), section('C', '3')]), file([section('A', 'other')], 'b.md')], parts);
  const held = after([], first);
  const again = planImport(held, [], [file([section('a ', '1b'), section('B', '2'), section('D', '4')])], { ...parts, now: 0 });
  expect(again.files).toEqual([{ name: 'a.md', added: 1, changed: 1, removed: 1, unchanged: 1, notes: [] }]);
  const idOf = (title: string): string | undefined => held.find((one) => one.title === title && one.file === 'a.md')?.id;
  expect(again.changed.map(({ id }) => id)).toEqual([idOf('A')]);
  expect(again.remove).toEqual([idOf('C')]);
  expect(said(after(held, again))).toEqual(['A: other', 'B: 2', 'D: 4', 'Typed?: Yes.', 'a : 1b']);
  // Newer than all there were, although this node's clock is behind.
  expect(again.put.every(({ at }) => at > Math.max(...held.map((one) => one.at)))).toBe(true);
});

test('other ways to ask that somebody added stay where the new version knows none; a proposal is in nobody’s way', () => {
  const [entry] = planImport([], [], [file([section('A', '1', ['one', 'two'])])], parts).put;
  const held = [entry!, { ...entry!, id: KnowledgeId.parse('p'), file: null, kind: 'faq' as const, proposed: { by: 'Sam', conversationId: null } }];
  expect(planImport(held, [], [file([section('A', '1')])], parts)).toMatchObject({ put: [], remove: [], unchanged: 1 });
  expect(planImport(held, [], [file([section('A', '2')])], parts).put).toMatchObject([{ id: entry!.id, text: '2', phrasings: ['one', 'two'] }]);
  expect(planImport(held, [{ kind: 'faq', title: 'A', text: '3', file: null }], [], parts).added).toHaveLength(1);
});

test('a typed question is there once, however often and however it is written', () => {
  const typed = (title: string, text: string): ParsedEntry => ({ kind: 'faq', title, text, file: null });
  const held = after([], planImport([], [typed('How long?', 'a'), typed('how  LONG?', 'b')], [], parts));
  expect(said(held)).toEqual(['how  LONG?: b']);
  expect(planImport(held, [typed('How long?', 'c')], [], parts)).toMatchObject({ added: [], changed: [{ id: held[0]!.id, text: 'c' }] });
});

test('a file that would be too much is refused by name and the rest is kept', () => {
  const many = file(Array.from({ length: KNOWLEDGE_ENTRIES_MAX }, (_, n) => section(`T${n}`, 'x')), 'many.csv');
  const plan = planImport([], [], [file([section('A', '1')]), many], parts);
  expect(plan.refused).toMatchObject([{ name: 'many.csv', reason: expect.stringContaining('5,001 entries; a bot can have 5,000') }]);
  expect(plan.added).toHaveLength(1);
});

test('whatever versions a file had: what is held is what the last one says, counts add up, and reading it twice changes nothing', () => {
  const version = fc.array(fc.record({ title: fc.constantFrom('A', 'B', 'C', 'a'), text: fc.constantFrom('1', '2', '3') }), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(fc.array(version, { minLength: 1, maxLength: 5 }), (versions) => {
    let held: KnowledgeEntry[] = after([], planImport([], [], [file([section('Z', 'stays')], 'z.md')], parts));
    for (const entries of versions) {
      const of = file(entries.map(({ title, text }) => section(title, text)));
      const plan = planImport(held, [], [of], parts);
      const [{ added, changed, removed, unchanged } = { added: -1, changed: 0, removed: 0, unchanged: 0 }] = plan.files;
      expect(added + changed + unchanged).toBe(entries.length);
      expect(held.length + added - removed).toBe(entries.length + 1);
      held = after(held, plan);
      expect(said(held)).toEqual([...said(entries as ParsedEntry[]), 'Z: stays'].toSorted());
      expect(new Set(held.map(({ id }) => id)).size).toBe(held.length);
      expect(planImport(held, [], [of], parts)).toMatchObject({ put: [], remove: [], unchanged: entries.length });
    }
  }), { numRuns: 200 });
});
