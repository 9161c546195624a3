/** What a spreadsheet would run as a formula, also behind characters that do not show and in its full-width form. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r]/u;

/** One line of CSV (RFC 4180): every cell quoted, and none of them a formula. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${(FORMULA.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
}
