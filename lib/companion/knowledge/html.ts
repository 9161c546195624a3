import { Parser } from 'htmlparser2';

const HEADING = /^h([1-6])$/;
/** What is on a page without being of it. */
const SKIPPED: ReadonlySet<string> = new Set(['script', 'style', 'noscript', 'template', 'nav', 'footer', 'header', 'aside', 'form', 'svg', 'button', 'select', 'iframe', 'head']);
const BLOCKS: ReadonlySet<string> = new Set(['p', 'div', 'section', 'article', 'main', 'ul', 'ol', 'table', 'tr', 'blockquote', 'pre', 'dl', 'dt', 'dd', 'figure', 'details', 'summary', 'br', 'hr']);

/** A page as Markdown of the plainest kind: headings, paragraphs, list items and the cells of a row; then it is cut as Markdown is. */
export function htmlToMarkdown(html: string): string {
  let [out, skipped] = ['', 0];
  const parser = new Parser({
    onopentag(name) {
      if (SKIPPED.has(name)) skipped += 1;
      const heading = HEADING.exec(name);
      if (heading) out += `\n\n${'#'.repeat(Number(heading[1]))} `;
      else if (name === 'li') out += '\n- ';
      else if (name === 'td' || name === 'th') out += ' | ';
      else if (BLOCKS.has(name)) out += name === 'br' || name === 'tr' ? '\n' : '\n\n';
    },
    ontext(text) {
      if (skipped === 0) out += text.replace(/\s+/g, ' ');
    },
    onclosetag(name) {
      if (SKIPPED.has(name)) skipped = Math.max(0, skipped - 1);
      else if (HEADING.test(name) || (BLOCKS.has(name) && name !== 'br')) out += '\n\n';
    },
  }, { decodeEntities: true });
  parser.end(html);
  return out.replace(/[ \t]+\n/g, '\n').replace(/\n{3,}/g, '\n\n').replace(/^ +/gm, '').trim();
}
