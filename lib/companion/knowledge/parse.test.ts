import { expect, test } from 'vitest';
import { parseFile } from './parse.ts';
import { createImportReader, type ImportReader } from './import-reader.ts';
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
  expect(parseFile('latin.txt', new Uint8Array([0x63, 0xe9, 0x20]))).toMatchObject({ reason: expect.stringMatching(/^latin.txt is not in UTF-8 but in another encoding .* Save it as UTF-8/) });
  expect(parseFile('jpg.txt', Uint8Array.from({ length: 600 }, (_, at) => (at * 37) % 255 + 1))).toMatchObject({ reason: 'jpg.txt is not text' });
  expect(parseFile('empty.md', bytes(' \n\t\n'))).toMatchObject({ reason: 'empty.md is empty' });
  expect(parseFile('only.md', bytes('# Title\n'))).toMatchObject({ reason: 'only.md is empty' });
  expect(parseFile('big.txt', new Uint8Array(3.05 * 1024 * 1024))).toMatchObject({ reason: 'big.txt is too large: 3.1 MB, the limit is 2 MB' });
});

test('a table of questions is read with commas, semicolons or tabs, with a heading row or without, and with other ways to ask', () => {
  expect(entries('faq.csv', '\uFEFFAnswer,Question,Phrasings\n"Two days, at most",How long?,when does it come|duration\n,no answer,\n')).toEqual([['How long?', 'Two days, at most']]);
  expect(entries('faq.csv', 'Wie lange?;Zwei Tage;wann kommt es\n"Say ""hi"";\nnow";Ja;')).toEqual([['Wie lange?', 'Zwei Tage'], ['Say "hi";\nnow', 'Ja']]);
  expect(entries('faq.tsv', 'Frage\tAntwort\nOffen?\tJa')).toEqual([['Offen?', 'Ja']]);
  const parsed = parseFile('faq.csv', bytes('q,a,phrasings\nHow long?,Two days,when|how fast||'));
  expect(parsed.ok && parsed.entries[0]).toEqual({ kind: 'faq', title: 'How long?', text: 'Two days', file: 'faq.csv', phrasings: ['when', 'how fast'] });
  expect(entries('none.csv', 'question,answer\n')).toBe('none.csv has no row with a question and an answer');
  expect(entries('broken.csv', '"How long?,Two days\n')).toMatch(/^broken.csv is not a table that can be read: /);
});

test('a web page is read by its headings: lists, tables and entities as text, nothing of its menus and scripts', () => {
  expect(entries('help.html', `<!doctype html><html><head><title>x</title><style>p{}</style></head><body><nav><a>Home</a></nav>
    <h1>Help &amp; more</h1><p>Hello <b>you</b>.</p><h2>Shipping</h2><ul><li>Two days</li><li>5&nbsp;&euro;</li></ul>
    <script>alert("<h2>no</h2>")</script><table><tr><th>To</th><th>Days</th></tr><tr><td>France</td><td>3</td></tr></table><footer>Imprint</footer></body>`)).toEqual([
    ['Help & more', 'Hello you.'], ['Shipping', '- Two days\n- 5 €\n\nTo | Days\nFrance | 3'],
  ]);
  expect(entries('empty.html', '<script>x</script>')).toBe('empty.html is empty');
});

test('two megabytes of one thing are read within a moment', () => {
  for (const [name, piece] of [['a.csv', 'q,'], ['b.csv', '"'], ['d.html', '<h2>x</h2>'], ['e.html', '&amp;'], ['f.csv', 'How?,So.\n']] as const) {
    const began = performance.now();
    parseFile(name, bytes(piece.repeat(Math.floor(2 * 1024 * 1024 / piece.length))));
    expect(performance.now() - began, name).toBeLessThan(10_000);
  }
});

const body = (files: { name: string; text: string }[]): Uint8Array => bytes(JSON.stringify({ files: files.map(({ name, text }) => ({ name, base64: Buffer.from(text).toString('base64') })) }));
const reasons = async (reader: ImportReader, of: Uint8Array): Promise<string[]> => {
  const read = await reader.read(of);
  return read.ok ? read.files.map((one) => (one.ok ? 'ok' : one.reason)) : [read.message];
};
const good = ['a.csv', 'b.html', 'c.md'].map((name) => ({ name, text: 'How?,So & so.\n<h2>x</h2>\n\n'.repeat(10) }));

test('files are read apart from everything else; what was never a page or did not arrive is refused by name, the rest is kept', async () => {
  const reader = createImportReader();
  expect(await reasons(reader, body([...good, { name: 'deep.html', text: '<div>'.repeat(400_000) }]))).toEqual(['ok', 'ok', 'ok', expect.stringContaining('nested too deeply')]);
  expect(await reasons(reader, bytes('{"files":[{}]}'))).toEqual([expect.stringContaining('cannot be read: files.0.name')]);
  expect(await reasons(reader, bytes('{"files":[{"name":"a.md","base64":"abc"}]}'))).toEqual(['a.md did not arrive whole; add it again']);
  await reader.close();
});

test('what takes for ever is given up, and those who ask after it are read all the same', async () => {
  const hasty = createImportReader(1);
  expect(await Promise.all([reasons(hasty, body(good)), reasons(hasty, body(good))])).toEqual([[expect.stringContaining('too long')], [expect.stringContaining('too long')]]);
  const reader = createImportReader(2_000);
  const sections = { name: 'c.md', text: '# How?\n\nSo.\n\n'.repeat(140_000) };
  expect(await Promise.all([reasons(reader, body([good[0]!, ...Array.from({ length: 19 }, () => sections)])), reasons(reader, body(good))])).toEqual([expect.arrayContaining([expect.stringContaining('too long')]), ['ok', 'ok', 'ok']]);
  await Promise.all([hasty.close(), reader.close()]);
}, 30_000);
