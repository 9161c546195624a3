import { expect, test } from 'vitest';
import { readFiles } from './knowledge-files.ts';

const file = (name: string, content: string | Uint8Array<ArrayBuffer>): File => new File([content], name);

test('good files are kept when others are refused, each by name', async () => {
  const answer = await readFiles([
    file('faq.md', '# Läuft'), file('photo.png', 'x'), file('empty.txt', ''), file('blank.txt', ' \n'),
    file('binary.txt', new Uint8Array([65, 0, 66])), file('latin.txt', new Uint8Array([0xe4, 0x20, 0x41])),
    file('big.md', 'x'.repeat(2 * 1024 * 1024 + 1)),
  ]);
  expect(answer.good.map(({ name }) => name)).toEqual(['faq.md']);
  expect(Buffer.from(answer.good[0]?.base64 ?? '', 'base64').toString('utf8')).toBe('# Läuft');
  expect(answer.refused.map(({ name }) => name)).toEqual(['photo.png', 'empty.txt', 'blank.txt', 'binary.txt', 'latin.txt', 'big.md']);
  expect(answer.refused.at(-1)?.reason).toBe('It is 2.0 MB; 2 MB fit. Split it into parts.');
});
test('two megabytes exactly are kept', async () => {
  const { good, refused } = await readFiles([file('big.md', 'x'.repeat(2 * 1024 * 1024))]);
  expect([good.length, refused.length]).toEqual([1, 0]);
});
