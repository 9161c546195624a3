import { Worker } from 'node:worker_threads';
import { SECOND } from '#lib/base/time.ts';
import type { KnowledgeAdd } from '#lib/protocol/knowledge.ts';
import type { Parsed } from './parse.ts';

type Faq = NonNullable<KnowledgeAdd['faq']>;
/** What the thread says: one `file` for each name, in order. */
export type Told = { kind: 'malformed'; message: string } | { kind: 'begin'; faq: Faq; names: string[] } | { kind: 'file'; parsed: Parsed } | { kind: 'end' };
export type Import = { ok: true; faq: Faq; files: Parsed[] } | { ok: false; message: string };

/** Files that take longer are not meant to be read; the page waits 15 s. */
const PATIENCE_MS = 12 * SECOND;
/** MB; a few times what the largest request needs. */
const MEMORY_MB = 512;

/**
 * Reads a request to add knowledge (the JSON of `KnowledgeAdd`) in a thread of its own, which ends with it: whatever is in its files keeps
 * nobody else waiting. Files that were not read in time are refused by name.
 */
export async function readImport(body: Uint8Array, patienceMs = PATIENCE_MS): Promise<Import> {
  const worker = new Worker(new URL('./import-thread.ts', import.meta.url), { workerData: body, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
  let begun: Extract<Told, { kind: 'begin' }> | null = null;
  const files: Parsed[] = [];
  const late = (): Import => {
    if (!begun) return { ok: false, message: 'This request takes too long to read. Send less at once.' };
    const left = begun.names.slice(files.length).map((name): Parsed => ({ ok: false, name, reason: `${name} takes too long to read. Split it into smaller files` }));
    return { ok: true, faq: begun.faq, files: [...files, ...left] };
  };
  const timer = setTimeout(() => void worker.terminate(), patienceMs);
  try {
    return await new Promise<Import>((resolve, reject) => {
      worker.on('message', (told: Told) => {
        if (told.kind === 'malformed') resolve({ ok: false, message: told.message });
        else if (told.kind === 'begin') begun = told;
        else if (told.kind === 'file') files.push(told.parsed);
        else resolve(late());
      });
      worker.once('error', (error: NodeJS.ErrnoException) => { if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(late()); else reject(error); });
      worker.once('exit', () => resolve(late()));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
