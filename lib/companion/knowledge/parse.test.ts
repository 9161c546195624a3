import { expect, test } from 'vitest';
import { parseFile } from './parse.ts';
import { createFileReader } from './read-files.ts';
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
    ['Help & more', 'Hello you.'], ['Shipping', '- Two days\n- 5 €\n\n| To | Days\n\n| France | 3'],
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

test('while files are read the event loop goes on; one that takes for ever is given up by name', async () => {
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => { longest = Math.max(longest, performance.now() - last); last = performance.now(); }, 1);
  const files = ['a.csv', 'b.html', 'c.md'].map((name) => ({ name, bytes: bytes('How?,So & so.\n<h2>x</h2>\n\n'.repeat(60_000)) }));
  const reader = createFileReader();
  const parsed = await reader.read(files);
  clearInterval(beat);
  expect(parsed.map(({ ok }) => ok)).toEqual([true, true, true]);
  console.info(`longest gap while ${files.length} files were read: ${longest.toFixed(0)} ms`);
  // A page of nothing but open tags takes its reader minutes.
  const hasty = createFileReader(500);
  expect(await hasty.read([{ name: 'deep.html', bytes: bytes('<div>'.repeat(400_000)) }])).toMatchObject([{ ok: false, reason: expect.stringContaining('too long') }]);
  expect(await Promise.all([hasty.read([{ name: 'a.md', bytes: bytes('One.') }]), hasty.read([{ name: 'b.md', bytes: bytes('Two.') }])])).toMatchObject([[{ ok: true }], [{ ok: true, entries: [{ text: 'Two.' }] }]]);
  await Promise.all([reader.close(), hasty.close()]);
});

