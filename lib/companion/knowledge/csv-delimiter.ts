/** Rarest in sentences first: a comma stands in many answers, a tab in none. */
const DELIMITERS = ['\t', ';', ','] as const;
type Delimiter = (typeof DELIMITERS)[number];
/** So much of a file shows how it is made, rows and characters. */
const [LOOKED_AT, HEAD] = [50, 64 * 1024];

/** What stands between the columns: what is in most of the first rows, outside of quotation marks. */
export function delimiterOf(name: string, text: string): Delimiter {
  if (/\.tsv$/i.test(name)) return '\t';
  const rows = rowsOf(text.slice(0, HEAD));
  const inRows = (delimiter: Delimiter): number => rows.filter((row) => row.includes(delimiter)).length;
  const most = Math.max(...DELIMITERS.map(inRows));
  return most === 0 ? ',' : DELIMITERS.find((one) => inRows(one) === most) ?? ',';
}

/** The first rows without what is between quotation marks. */
function rowsOf(head: string): string[] {
  const rows = [''];
  let quoted = false;
  for (const sign of head) {
    if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (sign !== '\n') rows[rows.length - 1] += sign;
    else if (rows.length < LOOKED_AT) rows.push('');
    else break;
  }
  return rows.filter((row) => row.trim() !== '');
}
