import { inflateRawSync } from 'node:zlib';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesOf, zipOf } from './zip.ts';

const files = new Map([['b.txt', Buffer.from('tiny')], ['a/long.txt', Buffer.from('x'.repeat(5_000))], ['empty', Buffer.alloc(0)], ['ü.txt', Buffer.from('ü')]]);

/** Reads the directory of a zip as its readers do: from the end. */
function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.length - 22;
  expect(zip.readUInt32LE(end)).toBe(0x06054b50);
  const found = new Map<string, Buffer>();
  for (let at = zip.readUInt32LE(end + 16), left = zip.readUInt16LE(end + 10); left > 0; left--) {
    expect(zip.readUInt32LE(at)).toBe(0x02014b50);
    const [method, packed, nameSize, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)];
    expect(zip.readUInt32LE(local)).toBe(0x04034b50);
    const body = zip.subarray(local + 30 + nameSize, local + 30 + nameSize + packed);
    found.set(zip.toString('utf8', at + 46, at + 46 + nameSize), method === 8 ? inflateRawSync(body) : body);
    at += 46 + nameSize;
  }
  return found;
}

test('what goes in comes out', () => {
  expect(unzip(zipOf(files))).toEqual(new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))));
});

test('the bytes are the same whatever the order and the times of the files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-zip-'));
  mkdirSync(join(folder, 'a'));
  for (const [name, content] of [...files].toReversed()) writeFileSync(join(folder, name), content);
  const before = zipOf(filesOf(folder));
  utimesSync(join(folder, 'b.txt'), new Date(0), new Date(0));
  expect(zipOf(filesOf(folder)).equals(before)).toBe(true);
  expect(before.equals(zipOf(files))).toBe(true);
  writeFileSync(join(folder, 'b.txt'), 'tinz');
  expect(zipOf(filesOf(folder)).equals(before)).toBe(false);
  rmSync(folder, { recursive: true });
});
