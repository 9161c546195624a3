import { parentPort } from 'node:worker_threads';
import { KnowledgeAdd } from '#lib/protocol/knowledge.ts';
import { readAs } from '../modules/body.ts';
import type { Told } from './import-reader.ts';
import { parseFile, type Parsed } from './parse.ts';

const tell = (told: Told): void => parentPort?.postMessage(told);

function parse({ name, base64 }: { name: string; base64: string }): Parsed {
  const isWhole = base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64);
  return isWhole ? parseFile(name, Buffer.from(base64, 'base64')) : { ok: false, name, reason: `${name} did not arrive whole; add it again` };
}

/** One request, file by file, so that what one of them costs is not lost with the next. */
parentPort?.on('message', (body: Uint8Array) => {
  const read = readAs(KnowledgeAdd, Buffer.from(body).toString('utf8'));
  if (!read.ok) return tell({ kind: 'malformed', message: read.message });
  const { faq = [], files = [] } = read.body;
  tell({ kind: 'begin', faq, names: files.map(({ name }) => name) });
  for (const file of files) tell({ kind: 'file', parsed: parse(file) });
  tell({ kind: 'end' });
});
