/** Reads string fields of one JSON object while it is being written: what has come of each so far. */
export interface FieldReader {
  feed(piece: string): void;
  /** Null: the field has not begun. */
  text(field: string): string | null;
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
/** Some models think aloud first, and what they think may look like an answer. */
const THOUGHT = { open: '<think>', close: '</think>' };

interface Scan { depth: number; string: { text: string; isKey: boolean } | null; escape: string | null; key: string | null; expectsKey: boolean; isOver: boolean }

/** A scanner and no parser: what is not JSON gives wrong text at most, and whoever shows it reads the whole strictly in the end. */
export function createFieldReader(fields: readonly string[]): FieldReader {
  const values = new Map<string, { text: string; isWhole: boolean }>();
  const scan: Scan = { depth: 0, string: null, escape: null, key: null, expectsKey: false, isOver: false };
  const skip = createThoughtSkipper();
  /** The field whose value is being written, if it is one of ours; the first of a name counts. */
  const current = (): { text: string; isWhole: boolean } | null => {
    if (scan.depth !== 1 || scan.string?.isKey !== false || scan.key === null || !fields.includes(scan.key)) return null;
    const value = values.get(scan.key) ?? { text: '', isWhole: false };
    values.set(scan.key, value);
    return value.isWhole ? null : value;
  };
  const add = (char: string): void => {
    if (scan.string?.isKey) scan.string.text += char;
    const value = current();
    if (value) value.text += char;
  };
  const close = (): void => {
    const value = current();
    if (value) value.isWhole = true;
    if (scan.string?.isKey) { scan.key = scan.string.text; scan.expectsKey = false; }
    scan.string = null;
  };
  const inString = (char: string): void => {
    if (scan.escape !== null) { scan.escape = unescape(scan.escape + char, add); return; }
    if (char === '\\') scan.escape = '';
    else if (char === '"') close();
    else add(char);
  };
  const step = (char: string): void => {
    if (scan.isOver) return;
    if (scan.string) return inString(char);
    if (char === '"' && scan.depth > 0) { scan.string = { text: '', isKey: scan.depth === 1 && scan.expectsKey }; current(); return; }
    if (char === '{' || (char === '[' && scan.depth > 0)) { scan.depth += 1; scan.expectsKey = scan.depth === 1; return; }
    if (char === '}' || char === ']') { scan.depth = Math.max(0, scan.depth - 1); scan.isOver = scan.depth === 0 && scan.key !== null; return; }
    if (char === ',' && scan.depth === 1) { scan.expectsKey = true; scan.key = null; }
  };
  return {
    feed: (piece) => { for (const char of skip(piece)) step(char); },
    text: (field) => values.get(field)?.text ?? null,
  };
}

/** @returns what is still open of the escape, or null when it is read */
function unescape(escape: string, add: (char: string) => void): string | null {
  if (escape[0] !== 'u') { add(ESCAPES[escape] ?? escape); return null; }
  if (escape.length < 5) return escape;
  const code = Number.parseInt(escape.slice(1), 16);
  if (!Number.isNaN(code)) add(String.fromCharCode(code));
  return null;
}

/** Leaves a thought at the beginning out, wherever the pieces are cut. */
function createThoughtSkipper(): (piece: string) => string {
  let held: string | null = '';
  let isThinking = false;
  return (piece) => {
    if (held === null) return piece;
    held += piece;
    const begun = held.trimStart();
    if (!isThinking && begun.length < THOUGHT.open.length && THOUGHT.open.startsWith(begun)) return '';
    isThinking ||= begun.startsWith(THOUGHT.open);
    const end = isThinking ? held.indexOf(THOUGHT.close) : 0;
    if (end < 0) { held = `${THOUGHT.open}${held.slice(-THOUGHT.close.length)}`; return ''; }
    const rest = isThinking ? held.slice(end + THOUGHT.close.length) : held;
    held = null;
    return rest;
  };
}

/** The object in what a model wrote: without a thought, a fence or a sentence around it; undefined when there is none. */
export function objectIn(text: string): unknown {
  const said = text.replace(/^\s*<think>[\s\S]*?<\/think>/, '');
  const [from, to] = [said.indexOf('{'), said.lastIndexOf('}')];
  if (from < 0 || to < from) return undefined;
  try {
    return JSON.parse(said.slice(from, to + 1));
  } catch {
    return undefined; // refused by the schema as any other answer that cannot be read
  }
}
