import type { KnowledgeAdd } from '#lib/protocol/knowledge.ts';
import { KNOWLEDGE_ENTRIES_MAX, KNOWLEDGE_FILE_MAX } from '#lib/protocol/limits.ts';
import { csvTable } from './csv.ts';
import { decode } from './decode.ts';
import { htmlSections } from './html.ts';
import { sections } from './sections.ts';

/** What an entry will say, before it has an id and a bot. */
export interface ParsedEntry { kind: 'faq' | 'document'; title: string; text: string; file: string | null; phrasings?: string[] }
/** `notes`: what was left out or cut, in words. */
export type Parsed = { ok: true; name: string; entries: ParsedEntry[]; notes: string[] } | { ok: false; name: string; reason: string };

/** A Markdown, HTML or plain-text file as sections, or a table of questions and answers, or why it is refused, in words for the person who added it. */
export function parseFile(name: string, bytes: Uint8Array): Parsed {
  const refuse = (reason: string): Parsed => ({ ok: false, name, reason });
  if (bytes.byteLength > KNOWLEDGE_FILE_MAX) return refuse(`${name} is too large: ${megabytes(bytes.byteLength)}, the limit is ${megabytes(KNOWLEDGE_FILE_MAX)}`);
  const read = decode(bytes);
  if (!read.ok) return refuse(`${name} ${read.reason}`);
  if (/\.(?:csv|tsv)$/i.test(name)) {
    const table = csvTable(name, read.text);
    if (typeof table === 'string') return refuse(table);
    return tooMany(name, table.entries.length) ?? { ok: true, name, ...table };
  }
  const found = /\.html?$/i.test(name) ? htmlSections(name, read.text) : sections(name, read.text);
  if (typeof found === 'string') return refuse(found);
  return tooMany(name, found.length) ?? (found.length > 0 ? { ok: true, name, entries: found.map((one) => ({ kind: 'document', ...one, file: name })), notes: [] } : refuse(`${name} is empty`));
}

/** Before they are carried to anybody. */
const tooMany = (name: string, entries: number): Parsed | null => (entries <= KNOWLEDGE_ENTRIES_MAX ? null
  : { ok: false, name, reason: `${name} has ${entries.toLocaleString('en')} entries; a bot can have ${KNOWLEDGE_ENTRIES_MAX.toLocaleString('en')}` });

/** A typed-in question with its answer. */
export function parseFaq({ question, answer, phrasings }: NonNullable<KnowledgeAdd['faq']>[number]): ParsedEntry {
  return { kind: 'faq', title: question.trim(), text: answer.trim(), file: null, ...(phrasings ? { phrasings } : {}) };
}

/** "3.1 MB", never rounded down to the limit it exceeds. */
function megabytes(bytes: number): string {
  const tenths = Math.ceil((bytes / (1024 * 1024)) * 10) / 10;
  return `${Number.isInteger(tenths) ? tenths : tenths.toFixed(1)} MB`;
}
