import { expect, test } from 'vitest';
import { readSite } from './site-words.ts';

test('a copied address is cut down to its origin', () => {
  expect(readSite(' https://Shop.example/checkout?a=1 ', [])).toEqual({ ok: true, site: 'https://shop.example' });
  expect(readSite('http://127.0.0.1:8787/', [])).toEqual({ ok: true, site: 'http://127.0.0.1:8787' });
  expect(readSite('https://shop.example:443', [])).toEqual({ ok: true, site: 'https://shop.example' });
});
test('a star alone means any site', () => {
  expect(readSite('*', [])).toEqual({ ok: true, site: '*' });
  expect(readSite('https://*.shop.example', [])).toMatchObject({ ok: false, words: expect.stringContaining('only works alone') });
});
test('what is no site is refused with what to type instead', () => {
  expect(readSite('', [])).toMatchObject({ ok: false, words: expect.stringContaining('https://shop.example') });
  expect(readSite('shop.example', [])).toMatchObject({ ok: false, words: expect.stringContaining('https://shop.example') });
  expect(readSite('https://', [])).toMatchObject({ ok: false, words: expect.stringContaining('not an address') });
});
test('a site is listed once', () => {
  expect(readSite('https://a.example/x', ['https://a.example'])).toMatchObject({ ok: false, words: 'https://a.example is on the list already.' });
});
