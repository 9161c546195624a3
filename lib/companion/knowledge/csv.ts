import { CsvError, parse } from 'csv-parse/sync';
import type { ParsedEntry } from './parse.ts';

/** What a first row calls its columns. */
const QUESTION = /^(?:question|questions|frage|fragen|pregunta|domanda|pergunta|vraag|title|titel|titre|q)$/i;
const ANSWER = /^(?:answer|answers|antwort|antworten|respuesta|réponse|reponse|risposta|resposta|antwoord|text|content|inhalt|a)$/i;
const PHRASINGS = /^(?:phrasings?|also asked|variants?|alternatives?|synonyms?|varianten?|auch gefragt)$/i;
const DELIMITERS = [',', ';', '\t'];
const [TITLE_MAX, TEXT_MAX, PHRASINGS_MAX] = [300, 20_000, 50];
/** A longer row is no question with its answer, characters. */
const ROW_MAX = 64 * 1024;

interface Columns { question: number; answer: number; phrasings: number }

/** Rows of question and answer, with a heading row or without; a third column may hold other ways to ask, with `|` between them. A reason for the person who added it when it cannot be read. */
export function csvEntries(name: string, text: string): ParsedEntry[] | string {
  try {
    const rows = parse(text, { delimiter: DELIMITERS, bom: true, relax_column_count: true, max_record_size: ROW_MAX, skip_empty_lines: true, trim: true });
    const [first, ...others] = rows;
    if (!first) return `${name} is empty`;
    const named = columnsOf(first);
    const entries = (named ? others : rows).flatMap((row) => entryOf(name, row, named ?? { question: 0, answer: 1, phrasings: 2 }));
    return entries.length > 0 ? entries : `${name} has no row with a question and an answer`;
  } catch (error) {
    if (error instanceof CsvError) return `${name} is not a table that can be read: ${error.message}`;
    throw error;
  }
}

function columnsOf(first: readonly string[]): Columns | null {
  const at = (of: RegExp): number => first.findIndex((one) => of.test(one));
  const columns = { question: at(QUESTION), answer: at(ANSWER), phrasings: at(PHRASINGS) };
  return columns.question >= 0 && columns.answer >= 0 ? columns : null;
}

function entryOf(name: string, row: readonly string[], { question, answer, phrasings }: Columns): ParsedEntry[] {
  const [title, text] = [row[question] ?? '', row[answer] ?? ''];
  if (title === '' || text === '') return [];
  const others = (row[phrasings] ?? '').split('|').map((one) => one.trim().slice(0, TITLE_MAX)).filter(Boolean).slice(0, PHRASINGS_MAX);
  return [{ kind: 'faq', title: title.slice(0, TITLE_MAX), text: text.slice(0, TEXT_MAX), file: name, ...(others.length > 0 ? { phrasings: others } : {}) }];
}
