import { resolve } from 'node:path';
import { readAddress } from '#lib/extension/pair.ts';
import { BadEnvironmentError, parseConfig } from '#lib/companion/config.ts';
import { parseFaq, parseFile } from '#lib/companion/knowledge/parse.ts';
import { csvRow } from '#lib/companion/modules/csv.ts';
import { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { Chance } from './chance.ts';
import { payloads } from './corpus.ts';
import type { Family } from './family.ts';
import { mutateBytes, randomBytes } from './mutate.ts';

const CORPUS = payloads('http://127.0.0.1:9').map(({ text }) => text);
/** What has a meaning to one of the parsers. */
const MARKS = ['\n', '\r\n', '\n\n', ' ', '\t', '#', '# ', '###### ', '```\n', '~~~', '- ', '* ', '> ', '| a | b |\n', '[', ']', '](', ')', '![', '*', '_', '`', '"', '""', ',', ';', '=', '<p>', '</p>', '&amp;', '. ', '! ', 'word ', '\0', '\uFEFF', '\uD800', '0', 'https://', '://', '@', ':', '/'];
const PIECES = [...CORPUS, ...MARKS, ...MARKS];

/** Many pieces one after the other; now and then one of them a very great many times, as what a slow expression stumbles on. */
function text(chance: Chance, most: number): string {
  if (chance.oneIn(60)) {
    const [one, last] = [chance.pick(MARKS) + (chance.oneIn(2) ? chance.pick(MARKS) : ''), chance.pick(PIECES)];
    return (chance.pick(['', '# a', '![x](', 'https://']) + one.repeat(1 + chance.below(60_000 / Math.max(1, one.length))) + last);
  }
  return Array.from({ length: chance.below(most) }, () => chance.pick(PIECES)).join('');
}

/** Markdown, text, CSV and HTML, whole and damaged: what is kept fits the wire, what is not kept is refused with its name. */
export const knowledge = (): Family<{ name: string; bytes: Buffer }> => ({
  name: 'knowledge files',
  // They are read in a thread of their own (lib/companion/knowledge/import-reader.ts).
  mostMs: 2_000,
  make(chance) {
    const name = chance.oneIn(3) ? text(chance, 3).slice(0, 200) || 'x' : `${chance.pick(['faq', 'a b', '..', '-_-', ''])}${chance.pick(['.md', '.txt', '.csv', '.html', ''])}` || 'x';
    const good = Buffer.from(text(chance, 40));
    return { name, bytes: chance.oneIn(10) ? randomBytes(chance, 300) : chance.oneIn(3) ? mutateBytes(chance, good) : good };
  },
  check({ name, bytes }) {
    const parsed = parseFile(name, bytes);
    if (!parsed.ok) return parsed.name === name && parsed.reason.length > name.length ? false : 'a refusal without a name or a reason';
    if (bytes.includes(0)) return 'took a file with a zero byte for text';
    for (const entry of [...parsed.entries, parseFaq({ question: 'q', answer: 'a' })]) {
      const kept = KnowledgeEntry.safeParse({ ...entry, id: 'k', botId: 'b', at: 1 });
      if (!kept.success) return `made an entry that nothing could keep: ${kept.error.issues[0]?.path.join('.')} ${kept.error.issues[0]?.message}`;
    }
    return true;
  },
});

/** A reader of CSV (RFC 4180) of our own, as strict as the writer should be. */
export function readCsv(line: string): string[] | null {
  if (!line.endsWith('\r\n')) return null;
  const cells: string[] = [];
  for (let at = 0, rest = line.slice(0, -2); at <= rest.length;) {
    if (rest[at] !== '"') return null;
    let end = at + 1;
    while (end < rest.length && (rest[end] !== '"' || rest[end + 1] === '"')) end += rest[end] === '"' ? 2 : 1;
    if (rest[end] !== '"') return null;
    cells.push(rest.slice(at + 1, end).replaceAll('""', '"'));
    if (end + 1 === rest.length) return cells;
    if (rest[end + 1] !== ',') return null;
    at = end + 2;
  }
  return null;
}

/** What a spreadsheet takes for a formula, said in other words than the writer's: the first character that shows. */
export const runsInSheet = (cell: string): boolean => '=+-@＝＋－＠'.includes([...cell].find((one) => !/[\s\p{Cc}\p{Cf}\p{Zs}]/u.test(one)) ?? ' ') || /^[\t\r]/.test(cell);

export const csv = (): Family<string[]> => ({
  name: 'CSV writer',
  make: (chance) => Array.from({ length: 1 + chance.below(6) }, () => text(chance, 3)),
  check(cells) {
    const read = readCsv(csvRow(cells));
    if (read?.length !== cells.length) return 'the line does not read back as its cells';
    const odd = read.findIndex((cell, at) => cell !== cells[at] && cell !== `'${cells[at]}`);
    if (odd >= 0) return `cell ${odd} came back as another`;
    return read.some(runsInSheet) ? 'a spreadsheet would run a cell' : true;
  },
});

const NAMES = ['HOST', 'PORT', 'DATA_DIR', 'PUBLIC_URL', 'LOG_LEVEL', 'TRUST_PROXY', 'RATE_LIMITS', 'DATABASE_URL', 'NATS_URL', 'DEMO', '__proto__', 'PATH'];
const VALUES = ['', '0', '1', '-1', '80', '65535', '65536', '8787.5', '1e3', '0x50', ' 80 ', 'NaN', 'info', 'INFO', 'on', 'off', 'http://', 'https://', 'http:///', 'https:////', 'https://chat.example.com//', 'https://chat.example.com/a/', 'http://127.0.0.1:8787', 'https://[::1]', 'https://x:99999', 'javascript:alert(1)', 'ftp://x', 'HTTPS://X/', 'postgres://a:b@c/d', 'postgresql://', 'nats://', 'nats://127.0.0.1:4222', 'wss://x', '/', '.', '127.0.0.1', '::1'];

export const config = (): Family<Record<string, string>> => ({
  name: 'environment',
  make: (chance) => Object.fromEntries(Array.from({ length: 1 + chance.below(4) }, () => [chance.pick(NAMES), chance.oneIn(2) ? chance.pick(VALUES) : chance.oneIn(2) ? text(chance, 3) : chance.pick(VALUES) + text(chance, 2)])),
  check(env) {
    try {
      const read = parseConfig(env);
      if (!Number.isInteger(read.port) || read.port < 0 || read.port > 65_535) return `port ${read.port}`;
      if (read.publicUrl !== null && (!/^https?:$/.test(URL.parse(read.publicUrl)?.protocol ?? '') || read.publicUrl.endsWith('/'))) return `public address ${read.publicUrl}`;
      if (read.natsUrl !== null && read.databaseUrl === null) return 'NATS without a database';
      return read.dataDir === resolve(read.dataDir) || 'a data folder that is not absolute';
    } catch (error) {
      if (!(error instanceof BadEnvironmentError)) throw error;
      return NAMES.some((name) => error.message.includes(name)) ? false : 'a refusal that names no variable';
    }
  },
});

const ADDRESSES = ['http://127.0.0.1:8787', 'https://chat.example.com', 'chat.example.com', 'localhost:8787', 'http://localhost', 'http://[::1]:1', 'http://localhost.example.com', 'http://127.0.0.1@evil.example', 'http://127.1', 'http://2130706433', 'http://0x7f.1', 'http://127.0.0.1.evil.example', 'http://LOCALHOST', 'http:\\\\localhost\\x', 'http://localhost%00.example', 'http://ⓛocalhost', 'http://127。0。0。1', 'https://', 'javascript:x', 'HTTP://10.0.0.1', '//localhost', 'http:localhost', 'https:x', 'file:///x', 'ws://localhost'];

/** Whatever is typed: https to anywhere, http to this computer alone, an origin and nothing after it. */
export const address = (): Family<string> => ({
  name: 'pairing address',
  make: (chance) => (chance.oneIn(4) ? text(chance, 3) : chance.oneIn(2) ? chance.pick(ADDRESSES) + text(chance, 2) : mutateBytes(chance, Buffer.from(chance.pick(ADDRESSES))).toString()),
  check(typed) {
    const read = readAddress(typed);
    if (typeof read !== 'string') return read.ok ? 'paired by an address alone' : false;
    const url = URL.parse(read);
    if (!url || url.origin !== read) return `not an origin: ${read}`;
    if (url.protocol === 'https:') return true;
    return (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) || `took ${read}`;
  },
});
