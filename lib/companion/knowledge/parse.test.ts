import { expect, test } from 'vitest';
import { parseFile } from './parse.ts';
import { SECTION_MAX } from './sections.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const entries = (name: string, text: string) => { const parsed = parseFile(name, bytes(text)); return parsed.ok ? parsed.entries.map(({ title, text: body }) => [title, body]) : parsed.reason; };

test('Markdown is split by headings, each under its own and its parents\' names', () => {
  expect(entries('help.md', '# Shop help\nWelcome.\n\n## Shipping\nTwo days.\n\n### Abroad\nFive days.\n```\n# not a heading\n```\n## Returns\n30 days.')).toEqual([
    ['Shop help', 'Welcome.'], ['Shipping', 'Two days.'], ['Shipping › Abroad', 'Five days.\n```\n# not a heading\n```'], ['Returns', '30 days.'],
  ]);
});

test('plain text goes by the file\'s name and long text is cut to sections', () => {
  expect(entries('opening-hours.txt', '\uFEFFWe open at 8.\r\n')).toEqual([['opening hours', 'We open at 8.']]);
  const parsed = parseFile('long.txt', bytes(`${'A sentence of words. '.repeat(200)}\n\n${'x'.repeat(4_000)}`));
  if (!parsed.ok) throw new Error(parsed.reason);
  expect(parsed.entries.length).toBeGreaterThanOrEqual(5);
  expect(parsed.entries.every(({ text }) => text.length <= SECTION_MAX && text.length > 0)).toBe(true);
  expect(parsed.entries.map(({ text }) => text).join('').replace(/\s/g, '')).toBe(`${'Asentenceofwords.'.repeat(200)}${'x'.repeat(4_000)}`);
});

test('a file that cannot be read is refused by name, in words', () => {
  expect(parseFile('prices.pdf', bytes('%PDF-1.7 text'))).toEqual({ ok: false, name: 'prices.pdf', reason: 'prices.pdf is not text' });
  expect(parseFile('a.txt', new Uint8Array([0x61, 0, 0x62]))).toMatchObject({ reason: 'a.txt is not text' });
  expect(parseFile('latin.txt', new Uint8Array([0x63, 0xe9, 0x20]))).toMatchObject({ reason: 'latin.txt is not text' });
  expect(parseFile('empty.md', bytes(' \n\t\n'))).toMatchObject({ reason: 'empty.md is empty' });
  expect(parseFile('only.md', bytes('# Title\n'))).toMatchObject({ reason: 'only.md is empty' });
  expect(parseFile('big.txt', new Uint8Array(3.05 * 1024 * 1024))).toMatchObject({ reason: 'big.txt is too large: 3.1 MB, the limit is 2 MB' });
});
