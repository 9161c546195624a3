import { expect, test } from 'vitest';
import { parseFile } from '#lib/companion/knowledge/parse.ts';
import { csvRow } from '#lib/companion/modules/csv.ts';
import { runFamily, type Family } from './family.ts';
import { address, config, csv, knowledge, readCsv, runsInSheet } from './fuzz-text.ts';
import { words } from './fuzz-words.ts';
import { RUNS, SEED } from './runs.ts';

test.each(Object.entries({ knowledge, csv, config, address, words }))('%s: of 50,000 hostile inputs none throws, none is wrongly taken, none blocks', async (_, family) => {
  expect((await runFamily(family() as Family<unknown>, RUNS, SEED)).failures).toEqual([]);
}, 300_000);

test.each([['blanks in a heading', `# a${' '.repeat(200_000)}b`], ['signs at its end', `# a${'#'.repeat(200_000)}b`], ['brackets', `# ${'['.repeat(200_000)}`], ['links without an end', `# ${'[x]('.repeat(50_000)}`],
  ['one word', 'x'.repeat(2_000_000)], ['empty lines', '\n'.repeat(2_000_000)], ['blank lines', '\n \t'.repeat(600_000)], ['fences', '```\n'.repeat(400_000)]])('a knowledge file of %s is read at once', (_, text) => {
  const began = process.cpuUsage();
  parseFile('a.md', Buffer.from(text));
  expect(process.cpuUsage(began).user).toBeLessThan(1_000_000);
});

test('a file whose name is blank has entries that can be kept all the same', () => {
  expect(parseFile(' ', Buffer.from('words'))).toMatchObject({ ok: true, entries: [{ title: 'Untitled' }] });
});

test('a formula behind characters that do not show is no formula any more', () => {
  for (const cell of ['\u0001=1', '\u200B=1', '\u202E=1', '\u00AD-1', '\u2066@x', '\uFEFF+1']) expect(readCsv(csvRow([cell]))?.some(runsInSheet)).toBe(false);
});
