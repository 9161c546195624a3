import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What stands after `npm start --`. */
export interface Flags {
  /** null: 8787, or the next free one; 0: any free one. */
  port: number | null;
  data: string; browser: boolean; headless: boolean; demo: boolean; json: boolean; watch: boolean;
}
export class BadFlag extends Error {}

export const USAGE = `npm start -- [--port N] [--data DIR] [--no-browser] [--headless] [--no-demo] [--json]
  --port N      port of the companion on 127.0.0.1; 0: any free one (default: 8787, or the next free one)
  --data DIR    where conversations and the browser profile are kept (default: .data)
  --no-browser  open no browser; print how to load the extension, and a pairing code
  --headless    the browser without a window
  --no-demo     an empty workspace: no shop, no sample conversations
  --json        one line of JSON on stdout once everything answers`;

/** @throws BadFlag in words for the person at the keyboard: which flag, and what it accepts */
export function parseFlags(args: readonly string[], folder: string): Flags {
  const values = parse(args);
  return {
    port: values.port === undefined ? null : port(values.port), data: resolve(folder, data(values.data ?? '.data')),
    browser: !values['no-browser'], headless: values.headless ?? false, demo: !values['no-demo'], json: values.json ?? false, watch: values.watch ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    const boolean = { type: 'boolean' } as const;
    return parseArgs({ args: [...args], strict: true, allowPositionals: false, options: {
      port: { type: 'string' }, data: { type: 'string' }, 'no-browser': boolean, headless: boolean, 'no-demo': boolean, json: boolean, watch: boolean,
    } }).values;
  } catch (error) {
    throw new BadFlag(`${error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error)}.\n${USAGE}`, { cause: error });
  }
}

function port(text: string): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 65_535) return value;
  throw new BadFlag(`--port accepts a whole number from 0 (any free port) to 65535, not "${text}".`);
}

function data(text: string): string {
  if (text.trim() !== '') return text;
  throw new BadFlag('--data needs the name of a folder.');
}
