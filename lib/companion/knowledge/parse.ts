import { KNOWLEDGE_FILE_MAX } from '#lib/protocol/limits.ts';
import { csvEntries } from './csv.ts';
import { htmlToMarkdown } from './html.ts';
import { sections } from './sections.ts';

/** What an entry will say, before it has an id and a bot. */
export interface ParsedEntry { kind: 'faq' | 'document'; title: string; text: string; file: string | null; phrasings?: string[] }
export type Parsed = { ok: true; entries: ParsedEntry[] } | { ok: false; name: string; reason: string };

/** A Markdown, HTML or plain-text file as sections, or a table of questions and answers, or why it is refused, in words for the person who added it. */
export function parseFile(name: string, bytes: Uint8Array): Parsed {
  const refuse = (reason: string): Parsed => ({ ok: false, name, reason });
  if (bytes.byteLength > KNOWLEDGE_FILE_MAX) return refuse(`${name} is too large: ${megabytes(bytes.byteLength)}, the limit is ${megabytes(KNOWLEDGE_FILE_MAX)}`);
  const text = decode(bytes);
  if (text === null) return refuse(`${name} is not text`);
  const entries = /\.(?:csv|tsv)$/i.test(name) ? csvEntries(name, text) : documentEntries(name, text);
  if (typeof entries === 'string') return refuse(entries);
  return entries.length > 0 ? { ok: true, entries } : refuse(`${name} is empty`);
}

const documentEntries = (name: string, text: string): ParsedEntry[] =>
  sections(name, /\.html?$/i.test(name) ? htmlToMarkdown(text) : text).map((one): ParsedEntry => ({ kind: 'document', ...one, file: name }));

/** A typed-in question with its answer. */
export function parseFaq({ question, answer }: { question: string; answer: string }): ParsedEntry {
  return { kind: 'faq', title: question.trim(), text: answer.trim(), file: null };
}

/** "3.1 MB", never rounded down to the limit it exceeds. */
function megabytes(bytes: number): string {
  const tenths = Math.ceil((bytes / (1024 * 1024)) * 10) / 10;
  return `${Number.isInteger(tenths) ? tenths : tenths.toFixed(1)} MB`;
}

function decode(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  const text = safely(bytes);
  // A PDF can be valid UTF-8 by accident; its first bytes never lie.
  return text === null || text.startsWith('%PDF-') ? null : text;
}

function safely(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
