import { CsvError, parse } from 'csv-parse/sync';
import { ANSWER_MAX, PHRASINGS_MAX, QUESTION_MAX } from '#lib/protocol/limits.ts';
import { columnsOf, OF_UNNAMED, type Columns } from './csv-columns.ts';
import { delimiterOf } from './csv-delimiter.ts';
import { cut } from './cut.ts';
import type { ParsedEntry } from './parse.ts';

/** A longer row is no question with its answer, characters. */
const ROW_MAX = 64 * 1024;
export interface Table { entries: ParsedEntry[]; notes: string[] }

/** Rows of question and answer, with a heading row or without. A reason for the person who added it when it cannot be read. */
export function csvTable(name: string, text: string): Table | string {
  const delimiter = delimiterOf(name, text);
  try {
    const rows = parse(text, { delimiter, bom: true, relax_column_count: true, relax_quotes: true, max_record_size: ROW_MAX, skip_empty_lines: true, trim: true });
    const [first, ...others] = rows;
    if (!first) return `${name} is empty`;
    const named = columnsOf(first);
    const table = tableOf(name, named ? others : rows, named ?? OF_UNNAMED, delimiter);
    return table.entries.length > 0 ? table : `${name} has no row with a question and an answer`;
  } catch (error) {
    if (error instanceof CsvError) return `${name} is not a table that can be read: ${wordsOf(error)}`;
    throw error;
  }
}

function tableOf(name: string, rows: readonly string[][], columns: Columns, delimiter: string): Table {
  const entries = new Map<string, ParsedEntry>();
  let [empty, long, twice] = [0, 0, 0];
  for (const row of rows) {
    const [title, text] = [row[columns.question] ?? '', answerOf(row, columns, delimiter)];
    if (title === '' || text === '') { empty += 1; continue; }
    if (title.length > QUESTION_MAX || text.length > ANSWER_MAX) long += 1;
    const phrasings = phrasingsOf(row, columns, title);
    const key = title.normalize('NFC').toLowerCase();
    if (entries.has(key)) twice += 1;
    entries.set(key, { kind: 'faq', title: cut(title, QUESTION_MAX).trim(), text: cut(text, ANSWER_MAX).trim(), file: name, ...(phrasings.length > 0 ? { phrasings } : {}) });
  }
  const notes = [
    empty > 0 && `${count(empty, 'row')} without a question or an answer ${empty === 1 ? 'was' : 'were'} left out.`,
    long > 0 && `${count(long, 'row')} ${long === 1 ? 'was' : 'were'} cut: a question has up to ${QUESTION_MAX} characters, an answer up to ${ANSWER_MAX}.`,
    twice > 0 && `${count(twice, 'row')} ${twice === 1 ? 'asks' : 'ask'} what a row above asks; the last answer counts.`,
  ];
  return { entries: [...entries.values()], notes: notes.filter((one) => one !== false) };
}

const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** Commas that nobody put between quotation marks make more columns than there are: they belong to the last one. */
function answerOf(row: readonly string[], { answer, width }: Columns, delimiter: string): string {
  if (answer !== width - 1 || row.length <= width) return row[answer] ?? '';
  return row.slice(answer).join(delimiter === '\t' ? ' ' : `${delimiter} `).trim();
}

function phrasingsOf(row: readonly string[], { phrasings }: Columns, title: string): string[] {
  const said = phrasings.flatMap((at) => (row[at] ?? '').split('|')).map((one) => cut(one.trim(), QUESTION_MAX).trim()).filter((one) => one !== '' && one !== title);
  return [...new Set(said)].slice(0, PHRASINGS_MAX);
}

function wordsOf({ code, lines, message }: CsvError & { lines?: number }): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quotation mark that opens is never closed';
  if (code === 'CSV_MAX_RECORD_SIZE') return `a row${lines === undefined ? '' : ` that ends near line ${lines}`} is longer than 64 kB; a quotation mark may be missing`;
  return message;
}
