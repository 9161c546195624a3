import { Parser } from 'htmlparser2';
import { QUESTION_MAX } from '#lib/protocol/limits.ts';
import { cut } from './cut.ts';
import { createOutline, type Outline } from './sections.ts';

/** What is on a page without being of it. */
const SKIPPED: ReadonlySet<string> = new Set(['script', 'style', 'noscript', 'template', 'nav', 'footer', 'aside', 'svg', 'button', 'select', 'textarea', 'iframe', 'object', 'head']);
const BLOCKS: ReadonlySet<string> = new Set(['p', 'div', 'section', 'article', 'main', 'header', 'form', 'ul', 'ol', 'table', 'tr', 'blockquote', 'pre', 'dl', 'dt', 'dd', 'figure', 'figcaption', 'details', 'body']);
const HEADING = /^h([1-6])$/;
/** The question of a fold-out is a heading below all others. */
const levelOf = (name: string): number | null => (name === 'summary' ? 7 : Number(HEADING.exec(name)?.[1] ?? 0) || null);
/** No page that people wrote is nested deeper, and the parser takes ever longer for each level. */
const DEEPEST = 1_000;
/** Characters at once. */
const SLICE = 64 * 1024;

/** A page by its headings: paragraphs, list items and the cells of a row as lines; nothing of its menus and scripts. A reason when it cannot be read. */
export function htmlSections(name: string, html: string): ReturnType<Outline['sections']> | string {
  const outline = createOutline(name);
  const reader = createReader(outline);
  const parser = new Parser(reader.handler, { decodeEntities: true });
  for (let from = 0; from < html.length && !reader.isTooDeep(); from += SLICE) parser.write(html.slice(from, from + SLICE));
  if (reader.isTooDeep()) return `${name} is nested too deeply to be a page that people wrote`;
  parser.end();
  reader.end();
  return outline.sections();
}

/** Text that grows by pieces: a run of blanks is one, and none begins a line. */
function createText() {
  let [pieces, isAfterBlank]: [string[], boolean] = [[], true];
  return {
    add(more: string, isVerbatim: boolean): void {
      const piece = isVerbatim ? more : isAfterBlank ? more.replace(/\s+/g, ' ').trimStart() : more.replace(/\s+/g, ' ');
      if (piece === '') return;
      pieces.push(piece);
      isAfterBlank = piece.endsWith(' ') || piece.endsWith('\n');
    },
    take(): string {
      const said = pieces.join('');
      [pieces, isAfterBlank] = [[], true];
      return said;
    },
  };
}

/** What is open at a place of the page, and the text since the last break. */
function createReader(outline: Outline) {
  const text = createText();
  let [skipped, depth, pre, cells] = [0, 0, 0, 0];
  let [heading, isItem]: [number | null, boolean] = [null, false];
  const flush = (): void => {
    const said = text.take();
    if (said.trim() === '') return;
    if (heading !== null) outline.heading(heading, cut(said.replace(/\s+/g, ' ').trim(), QUESTION_MAX));
    else for (const line of (pre > 0 ? said.replace(/^\n/, '') : `${isItem ? '- ' : ''}${said.trim()}`).split('\n')) outline.line(line.trimEnd());
    isItem = false;
  };
  const block = (): void => { flush(); outline.line(''); };
  const open = (name: string): void => {
    const level = levelOf(name);
    if (level !== null) { block(); heading = level; return; }
    if (heading !== null) { if (BLOCKS.has(name) || name === 'br') text.add(' ', false); return; }
    if (name === 'li') { flush(); isItem = true; }
    else if (name === 'tr') { flush(); cells = 0; }
    else if (name === 'td' || name === 'th') { if ((cells += 1) > 1) text.add(' | ', false); }
    else if (name === 'br') { if (pre > 0) text.add('\n', true); else flush(); }
    // The cell or item it stands in goes on.
    else if (BLOCKS.has(name) && !isItem && cells === 0) block();
    if (name === 'pre') pre += 1;
  };
  const close = (name: string): void => {
    if (levelOf(name) !== null) { flush(); heading = null; return; }
    if (heading !== null) return;
    if (name === 'tr' || name === 'li') { flush(); cells = 0; isItem = false; }
    else if (BLOCKS.has(name) && !isItem && cells === 0) block();
    if (name === 'pre') pre = Math.max(0, pre - 1);
    if (name === 'table') cells = 0;
  };
  return {
    isTooDeep: () => depth > DEEPEST, end: block,
    handler: {
      onopentag(name: string) { depth += 1; if (SKIPPED.has(name)) skipped += 1; else if (skipped === 0) open(name); },
      ontext(more: string) { if (skipped === 0) text.add(more, pre > 0); },
      onclosetag(name: string) { depth -= 1; if (SKIPPED.has(name)) skipped = Math.max(0, skipped - 1); else if (skipped === 0) close(name); },
    },
  };
}
