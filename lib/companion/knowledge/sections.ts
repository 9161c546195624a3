import { QUESTION_MAX } from '#lib/protocol/limits.ts';
import { cut } from './cut.ts';

/** A section is at most this long, in characters: one answer's worth of context. */
export const SECTION_MAX = 1_500;

interface Section { title: string; text: string }
/** A document as it is read: its headings, and what stands below each. */
export interface Outline {
  /** @param level 1 the highest */
  heading(level: number, title: string): void;
  /** A line; an empty one ends a paragraph. */
  line(text: string): void;
  /** Each no longer than SECTION_MAX; none without text. */
  sections(): Section[];
}

/** Text before the first heading goes by the file's name. */
export function createOutline(fileName: string): Outline {
  const name = fileName.replace(/\.[^.]*$/, '').replace(/[-_]+/g, ' ').trim() || fileName.trim() || 'Untitled';
  const found: { title: string; lines: string[] }[] = [{ title: name, lines: [] }];
  const path: { level: number; title: string }[] = [];
  return {
    heading(level, title) {
      while ((path.at(-1)?.level ?? 0) >= level) path.pop();
      path.push({ level, title });
      // The page's own title adds nothing to find a section by.
      found.push({ title: path.slice(path.length > 1 && path[0]?.level === 1 ? 1 : 0).map((one) => one.title).join(' › '), lines: [] });
    },
    line: (text) => void found.at(-1)?.lines.push(text),
    sections: () => found.flatMap(({ title, lines }) => pack(lines.join('\n').trim()).map((text) => ({ title: cut(title, QUESTION_MAX).trim() || 'Untitled', text }))),
  };
}

/** Splits Markdown or plain text by headings, and long sections by paragraphs. */
export function sections(fileName: string, text: string): Section[] {
  const outline = createOutline(fileName);
  let fenced = false;
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const heading = fenced ? null : /^ {0,3}(#{1,6})\s+(\S.*)$/.exec(line);
    if (heading) outline.heading(heading[1]?.length ?? 1, plainTitle(heading[2] ?? ''));
    else outline.line(line);
  }
  return outline.sections();
}

/** Cut to a few times what is kept before anything is looked for: a line may be as long as the file. */
const plainTitle = (title: string): string => withoutClosing(title.slice(0, 4 * QUESTION_MAX)).replace(/[*_`]|\[([^\]]*)\]\([^)]*\)/g, '$1').trim() || 'Untitled';

/** "Returns ##" → "Returns". */
function withoutClosing(title: string): string {
  const rest = title.trimEnd();
  let end = rest.length;
  while (rest[end - 1] === '#') end -= 1;
  return rest.slice(0, end);
}

/** Paragraphs together up to the limit; a longer one is cut between sentences, then words, then anywhere. */
function pack(body: string): string[] {
  const parts: string[] = [];
  for (const piece of body.split(/\n\s*\n/).map((one) => one.trim()).filter(Boolean).flatMap(pieces)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + piece.length + 2 <= SECTION_MAX) parts[parts.length - 1] = `${last}\n\n${piece}`;
    else parts.push(piece);
  }
  return parts;
}

function pieces(paragraph: string): string[] {
  const found: string[] = [];
  // By place, not by what is left: cutting the head off two megabytes a thousand times copies gigabytes.
  for (let from = 0; from < paragraph.length;) {
    const head = cut(paragraph.slice(from, from + SECTION_MAX + 1), SECTION_MAX);
    const isLast = from + head.length >= paragraph.length;
    const at = isLast ? head.length : [head.lastIndexOf('\n'), Math.max(head.lastIndexOf('. '), head.lastIndexOf('! '), head.lastIndexOf('? ')) + 1, head.lastIndexOf(' ')].find((one) => one > SECTION_MAX / 3) ?? head.length;
    const piece = head.slice(0, at).trim();
    if (piece) found.push(piece);
    from += at;
  }
  return found;
}
