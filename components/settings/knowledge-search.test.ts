import { expect, test } from 'vitest';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import { matchingEntries } from './knowledge-search.ts';

const entry = (title: string, text: string, file: string | null = null) => ({ id: title, botId: 'b', kind: 'faq', title, text, file, at: 0 }) as KnowledgeEntry;
const entries = [entry('Refunds', 'Within 14 days'), entry('Delivery', 'Two days', 'shipping.md')];

test('each typed word must occur, in title, text or file name', () => {
  const titles = (typed: string) => matchingEntries(entries, typed).map(({ title }) => title);
  expect(titles('')).toEqual(['Refunds', 'Delivery']);
  expect(titles('DAYS')).toEqual(['Refunds', 'Delivery']);
  expect(titles('two days')).toEqual(['Delivery']);
  expect(titles('shipping')).toEqual(['Delivery']);
  expect(titles('refunds two')).toEqual([]);
});
