import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detectRequest } from '../explicit-request.ts';
import { candidates } from './head.ts';
import { SLOTS } from './lexicon.ts';
import { EUROPEAN } from './lexicon-european.ts';
import { ASIAN } from './lexicon-asian.ts';
import { readings } from './slots.ts';
import WEIGHTS from './weights.json' with { type: 'json' };

interface Row { text: string; lang: string; wants_human: boolean; split: 'train' | 'test' }
const rows = readFileSync(join(import.meta.dirname, 'human-requests.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Row);
const unseen = rows.filter((row) => row.split === 'test');
const isHeard = (row: Row): boolean => detectRequest(row.text).strength === 'explicit';
const recall = (of: readonly Row[]): number => of.filter(isHeard).length / of.length;
const slotsIn = (text: string, language: string): string[] => readings(text).find((one) => one.language === language)?.found.map(({ slot }) => slot) ?? [];

test('sentences that the weights have not seen: nearly all requests are heard, in each language, and few others', () => {
  const asking = unseen.filter((row) => row.wants_human);
  const languages = [...new Set(asking.map((row) => row.lang))];
  expect(languages.length).toBeGreaterThanOrEqual(18);
  expect(recall(asking)).toBeGreaterThanOrEqual(0.97);
  for (const lang of languages) expect(recall(asking.filter((row) => row.lang === lang)), lang).toBeGreaterThanOrEqual(0.8);
  const others = unseen.filter((row) => !row.wants_human);
  expect(others.filter(isHeard).length / others.length).toBeLessThanOrEqual(0.08);
});

test('what else a message says does not hide the request', () => {
  const asking = unseen.filter((row) => row.wants_human);
  for (const within of [(text: string) => `My stove leaks. ${text}`, (text: string) => `${text}, my stove leaks`, (text: string) => `I ordered it for somebody yesterday and it came broken. ${text}. Order 4711`]) {
    expect(recall(asking.map((row) => ({ ...row, text: within(row.text) })))).toBeGreaterThanOrEqual(0.95);
  }
  for (const text of ['I want a human, my stove leaks', 'My indigo walrus is ill. I want a human']) expect(detectRequest(text).strength, text).toBe('explicit');
});

test('each lexicon fills each role, in every language', () => {
  for (const [language, lexicon] of Object.entries({ ...EUROPEAN, ...ASIAN })) {
    for (const slot of SLOTS) expect([language, slot, lexicon[slot].trim()]).not.toEqual([language, slot, '']);
  }
});

test('words are read in their roles, whatever the script', () => {
  expect(slotsIn('i want to talk to a real person', 'en')).toEqual(['want', 'contact', 'real', 'someone']);
  expect(slotsIn('我不要机器人,我要真人', 'zh')).toEqual(['not', 'bot', 'want', 'human']);
  expect(slotsIn('اريد التحدث الى موظف', 'ar')).toEqual(['want', 'contact', 'human']);
  expect(slotsIn('хочу поговорить с живым человеком', 'ru')).toEqual(['want', 'contact', 'human']);
  expect(slotsIn('i do not want to call anyone', 'en')).toEqual(['refuse', 'contact', 'someone']);
  expect(slotsIn('where is my order', 'en')).toEqual([]);
});

test('the features know roles, never words: the same sentence in two languages looks the same', () => {
  const [english, german] = ['i want to speak with someone', 'ich möchte sprechen mit jemand'].map((text) => candidates(text)[0]?.features.filter((one) => !/\d|more/.test(one)));
  expect(english).toEqual(german);
  expect(Object.keys(WEIGHTS).every((feature) => feature.split(' ').every((word) => !/[^a-z0-9-]/.test(word)))).toBe(true);
});
