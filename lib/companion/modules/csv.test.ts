import { expect, test } from 'vitest';
import { csvRow } from './csv.ts';

test('quotes, commas and line breaks stay inside their cell', () => {
  expect(csvRow(['a "b"', 'c,d', 'e\nf'])).toBe('"a ""b""","c,d","e\nf"\r\n');
});

test.each(['=1+1', '+49 170', '-2', '@SUM(A1)', '\t=1', '  =1', '\r=1', '＝1+1'])('%j is text, never a formula', (cell) => {
  expect(csvRow([cell])).toBe(`"'${cell}"\r\n`);
});

test('ordinary text is left as it is', () => {
  expect(csvRow(['a = b', '2 - 1', 'mia@example.org'])).toBe('"a = b","2 - 1","mia@example.org"\r\n');
});
