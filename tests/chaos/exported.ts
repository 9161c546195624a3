import { EXTENSION } from '../support/socket-client.ts';
import type { Exported } from './history.ts';

/** Rows of RFC 4180 text in which every cell is quoted, as the export writes it. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /"((?:[^"]|"")*)"(,|\r\n|$)/g;
  for (const [, value = '', end] of text.matchAll(cell)) {
    rows.at(-1)!.push(value.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

/** What `GET /api/conversations.csv` tells. @throws when it is refused */
export async function fetchExport(url: string, token: string): Promise<Exported> {
  const response = await fetch(`${url}/api/conversations.csv`, { headers: { authorization: `Bearer ${token}`, origin: EXTENSION }, signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`The export was refused: ${response.status} ${await response.text()}`);
  const [head = [], ...rows] = parseCsv((await response.text()).replace(/^\uFEFF/, ''));
  const [conversation, author, words] = ['conversation', 'author', 'text'].map((name) => head.indexOf(name)) as [number, number, number];
  const exported: Exported = new Map();
  for (const row of rows) {
    const said = exported.get(row[conversation]!) ?? [];
    // Lines between the lines are told in Baton's own name; a conversation without a message has an empty one.
    if (row[author] !== 'Baton' && row[author] !== '') said.push(row[words]!);
    exported.set(row[conversation]!, said);
  }
  return exported;
}
