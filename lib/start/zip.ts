import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { build } from './build.ts';
import { EXTENSION, OUTPUT } from './paths.ts';

/** The earliest moment a zip can name, 1 January 1980: files carry no time of their own. */
const [TIME, DAY] = [0, 0x21];
const UTF8 = 0x800;
const [STORED, DEFLATED] = [0, 8];
/** Made on Unix; a plain file that everybody may read. */
const [MADE_BY, MODE] = [(3 << 8) | 20, 0o100644];

interface Entry { name: Buffer; method: number; crc: number; packed: Buffer; size: number }

function pack(name: string, content: Buffer): Entry {
  const deflated = deflateRawSync(content, { level: 9 });
  const isSmaller = deflated.length < content.length;
  return { name: Buffer.from(name), method: isSmaller ? DEFLATED : STORED, crc: crc32(content), packed: isSmaller ? deflated : content, size: content.length };
}

/** The fields that a local header and the directory share. */
function shared({ name, method, crc, packed, size }: Entry): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(UTF8, 2);
  head.writeUInt16LE(method, 4);
  head.writeUInt16LE(TIME, 6);
  head.writeUInt16LE(DAY, 8);
  head.writeUInt32LE(crc, 10);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(size, 18);
  head.writeUInt16LE(name.length, 22);
  return head;
}
const u32 = (value: number): Buffer => { const bytes = Buffer.alloc(4); bytes.writeUInt32LE(value); return bytes; };
const u16 = (...values: number[]): Buffer => { const bytes = Buffer.alloc(values.length * 2); values.forEach((value, at) => bytes.writeUInt16LE(value, at * 2)); return bytes; };

/** A zip whose bytes depend on names and contents alone: sorted, without times, owners or comments. */
export function zipOf(files: ReadonlyMap<string, Buffer>): Buffer {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const name of [...files.keys()].sort()) {
    const entry = pack(name, files.get(name)!);
    const local = Buffer.concat([u32(0x04034b50), shared(entry), entry.name, entry.packed]);
    directory.push(u32(0x02014b50), u16(MADE_BY), shared(entry), u16(0, 0, 0), u32((MODE << 16) >>> 0), u32(offset), entry.name);
    bodies.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  return Buffer.concat([...bodies, index, u32(0x06054b50), u16(0, 0, files.size, files.size), u32(index.length), u32(offset), u16(0)]);
}

/** All files below a folder, by their path in it with `/`. */
export function filesOf(folder: string): Map<string, Buffer> {
  const names = globSync('**/*', { cwd: folder }).filter((name) => statSync(join(folder, name)).isFile());
  return new Map(names.map((name) => [name.split(sep).join('/'), readFileSync(join(folder, name))]));
}

/** What a store gets: the built extension as one file. @returns its SHA-256, hex */
export function writeZip(folder: string, file: string): string {
  const zip = zipOf(filesOf(folder));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, zip);
  return createHash('sha256').update(zip).digest('hex');
}

if (import.meta.main) {
  await build(true);
  const file = join(OUTPUT, 'baton-chrome.zip');
  process.stdout.write(`${writeZip(EXTENSION, file)}  ${file}\n`);
}
