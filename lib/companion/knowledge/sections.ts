/** A section is at most this long, in characters: one answer's worth of context. */
export const SECTION_MAX = 1_500;
const TITLE_MAX = 300;

interface Section { title: string; text: string }

/** Splits by headings, and long sections by paragraphs. Text before the first heading goes by the file's name. */
export function sections(fileName: string, text: string): Section[] {
  const name = fileName.replace(/\.[^.]*$/, '').replace(/[-_]+/g, ' ').trim() || fileName.trim() || 'Untitled';
  return headed(name, text.replace(/\r\n?/g, '\n')).flatMap(({ title, text: body }) => pack(body).map((part) => ({ title: title.slice(0, TITLE_MAX), text: part })));
}

function headed(name: string, text: string): Section[] {
  const found: { title: string; lines: string[] }[] = [{ title: name, lines: [] }];
  const path: { level: number; title: string }[] = [];
  let fenced = false;
  for (const line of text.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const heading = fenced ? null : /^ {0,3}(#{1,6})\s+(\S.*)$/.exec(line);
    if (!heading) { found.at(-1)?.lines.push(line); continue; }
    const level = heading[1]?.length ?? 1;
    while ((path.at(-1)?.level ?? 0) >= level) path.pop();
    path.push({ level, title: plainTitle(heading[2] ?? '') });
    // The page's own title adds nothing to find a section by.
    found.push({ title: path.slice(path.length > 1 && path[0]?.level === 1 ? 1 : 0).map((one) => one.title).join(' › '), lines: [] });
  }
  return found.map(({ title, lines }) => ({ title, text: lines.join('\n').trim() }));
}

/** Cut to a few times what is kept before anything is looked for: a line may be as long as the file. */
const plainTitle = (title: string): string => withoutClosing(title.slice(0, 4 * TITLE_MAX)).replace(/[*_`]|\[([^\]]*)\]\([^)]*\)/g, '$1').trim() || 'Untitled';

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
  for (const piece of body.split(/\n\s*\n/).map((one) => one.trim()).filter(Boolean).flatMap(cut)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + piece.length + 2 <= SECTION_MAX) parts[parts.length - 1] = `${last}\n\n${piece}`;
    else parts.push(piece);
  }
  return parts;
}

function cut(paragraph: string): string[] {
  const pieces: string[] = [];
  let rest = paragraph;
  while (rest.length > SECTION_MAX) {
    const head = rest.slice(0, SECTION_MAX);
    const at = [head.lastIndexOf('\n'), Math.max(head.lastIndexOf('. '), head.lastIndexOf('! '), head.lastIndexOf('? ')) + 1, head.lastIndexOf(' ')].find((one) => one > SECTION_MAX / 3) ?? SECTION_MAX;
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return rest ? [...pieces, rest] : pieces;
}
