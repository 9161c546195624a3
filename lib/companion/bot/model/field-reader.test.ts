import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFieldReader, objectIn } from './field-reader.ts';

/** What has come of the answer after each piece. */
function read(pieces: readonly string[]): (string | null)[] {
  const reader = createFieldReader(['answer']);
  return pieces.map((piece) => { reader.feed(piece); return reader.text('answer'); });
}
const cut = (text: string, at: number): [string, string] => [text.slice(0, at), text.slice(at)];

const TRICKY = '{"cited_ids":["answer","a\\"b"],"n":{"answer":"not this","x":[{"answer":"nor this"}]},"answer" : "Caf\\u00e9 \\ud83d\\ude00 \\"so\\" \\\\ \\/ \\n\\t 日本 {\\"answer\\": no}","confidence":0.5,"answer":"a second one"}';
const ANSWER = 'Café 😀 "so" \\ / \n\t 日本 {"answer": no}';

test('cut at every place, the answer is the same, and grows', () => {
  for (let at = 0; at <= TRICKY.length; at++) {
    const [early = '', late] = read(cut(TRICKY, at)).map((one) => one ?? '');
    expect(late).toBe(ANSWER);
    expect(ANSWER.startsWith(early)).toBe(true);
  }
  expect(read([...TRICKY]).at(-1)).toBe(ANSWER);
});

test('any object, written in any way and cut anywhere: the reader and JSON.parse agree', () => {
  const value = fc.record({ cited_ids: fc.array(fc.string({ unit: 'binary' })), answer: fc.string({ unit: 'binary' }), answerable: fc.constantFrom('yes', 'no'), more: fc.jsonValue() }, { requiredKeys: ['answer'] });
  fc.assert(fc.property(value, fc.boolean(), fc.array(fc.nat(), { maxLength: 8 }), (object, spaced, cuts) => {
    let text = JSON.stringify(object, null, spaced ? 2 : 0);
    if (spaced) text = text.replace(/[^\x20-\x7e\n]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const places = [0, ...cuts.map((one) => one % (text.length + 1)).toSorted((a, b) => a - b), text.length];
    const found = read(places.slice(1).map((to, at) => text.slice(places[at], to)));
    expect(found.at(-1)).toBe(object.answer);
    for (const one of found) expect(object.answer.startsWith(one ?? '')).toBe(true);
  }));
});

test('rubbish is read to its end without a fault', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('{', '}', '"', '\\', 'u', 'answer', ':', ',', '[', ']', '<think>', '</think>', ' ', 'd83d', '0'), { maxLength: 60 }), (parts) => {
    const reader = createFieldReader(['answer']);
    for (const one of parts) reader.feed(one);
    expect(typeof (reader.text('answer') ?? '')).toBe('string');
  }));
});

test('what a model thinks aloud, a fence and words around it are left out, wherever they are cut', () => {
  const text = 'so\n';
  for (const before of ['<think>I could say {"answer":"a draft"}.</think>', ' \n<think>\n{"answer":"x</th"}</think>\n```json\n', 'Sure, here it is: ', '```json\n', '']) {
    const all = `${before}{"answer":"${text.replace('\n', '\\n')}"}\n\`\`\``;
    for (let at = 0; at <= all.length; at++) expect(read(cut(all, at)).at(-1), `${before} ${at}`).toBe(text);
    expect(objectIn(all)).toEqual({ answer: text });
  }
  for (const none of ['', 'no', '{', '{"a":', '}{', 'null']) expect(objectIn(none)).toBeUndefined();
});

test('a field that has begun, and one that has not', () => {
  const reader = createFieldReader(['answerable', 'answer']);
  reader.feed('{"answerable":"ye');
  expect([reader.text('answerable'), reader.text('answer')]).toEqual(['ye', null]);
  reader.feed('s","answer":"');
  expect([reader.text('answerable'), reader.text('answer')]).toEqual(['yes', '']);
});
