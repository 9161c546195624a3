import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One row of a labelled file. @property label null: out of scope */
export interface Row { text: string; label: string | null }
export type Part = 'train' | 'val' | 'test';

const OUT_OF_SCOPE = new Set(['oos', 'oos-id', 'NO_NODES_DETECTED']);
const SPLITS: Record<Part, string[]> = { train: ['train'], val: ['val', 'valid'], test: ['test'] };

const Labelled = z.object({ text: z.string(), label: z.string(), split: z.string().optional() });
const Wanting = z.object({ text: z.string(), lang: z.string().optional(), wants_human: z.boolean(), split: z.string().optional() });
export type Wanting = z.infer<typeof Wanting>;

/** A file of one JSON object a line; `_meta` lines are left out. @throws Error that names file and line when one cannot be read */
export function readLines(file: string): { value: unknown; line: number }[] {
  return readFileSync(file, 'utf8').split('\n').flatMap((text, at) => {
    if (text.trim() === '') return [];
    let value: unknown;
    try { value = JSON.parse(text); } catch (error) { throw new Error(`${file}, line ${at + 1} is not JSON: ${(error as Error).message}`, { cause: error }); }
    return typeof value === 'object' && value !== null && '_meta' in value ? [] : [{ value, line: at + 1 }];
  });
}

function parse<T>(schema: z.ZodType<T>, file: string): T[] {
  return readLines(file).map(({ value, line }) => {
    const read = schema.safeParse(value);
    if (!read.success) throw new Error(`${file}, line ${line}: ${z.prettifyError(read.error)}`);
    return read.data;
  });
}

/** The rows of a part. A file without rows of that split is that part as a whole, but for rows that say they are training. */
export function readRows(file: string, part: Part): Row[] {
  const all = parse(Labelled, file);
  const own = all.filter((row) => row.split !== undefined && SPLITS[part].includes(row.split));
  const rows = own.length > 0 ? own : all.filter((row) => part === 'train' || !row.split?.startsWith('train'));
  if (rows.length === 0) throw new Error(`${file} has no rows to use as ${part}.`);
  return rows.map(({ text, label }) => ({ text, label: OUT_OF_SCOPE.has(label) ? null : label }));
}

export const readWanting = (file: string): Wanting[] => parse(Wanting, file);
