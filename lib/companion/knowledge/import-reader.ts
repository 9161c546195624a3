import { Worker } from 'node:worker_threads';
import { SECOND } from '#lib/base/time.ts';
import type { KnowledgeAdd } from '#lib/protocol/knowledge.ts';
import type { Parsed } from './parse.ts';

type Faq = NonNullable<KnowledgeAdd['faq']>;
/** What the thread says: one `file` for each name, in order. */
export type Told = { kind: 'malformed'; message: string } | { kind: 'begin'; faq: Faq; names: string[] } | { kind: 'file'; parsed: Parsed } | { kind: 'end' };
export type Import = { ok: true; faq: Faq; files: Parsed[] } | { ok: false; message: string };

/**
 * Reads requests to add knowledge (the JSON of `KnowledgeAdd`) in a thread of its own, one after the other: whatever is in their files keeps
 * nobody else waiting. Files that were not read in time are refused by name.
 */
export interface ImportReader { read(body: Uint8Array): Promise<Import>; close(): Promise<void> }

/** Files that take longer are not meant to be read; the page waits 15 s. */
const PATIENCE_MS = 12 * SECOND;
/** MB; a few times what the largest request needs. */
const MEMORY_MB = 512;

/** The thread begins with the first request and is there for the next; one that is stuck is ended, and the request after it gets another. */
export function createImportReader(patienceMs = PATIENCE_MS): ImportReader {
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const begin = (): Worker => {
    const made = new Worker(new URL('./import-thread.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    // Nobody waits for it alone.
    made.unref();
    return made;
  };
  const end = async (): Promise<void> => {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  };
  const readNow = async (body: Uint8Array): Promise<Import> => {
    const mine = (worker ??= begin());
    const timer = setTimeout(() => void mine.terminate(), patienceMs);
    try {
      const { isOver, read } = await readWith(mine, body);
      if (isOver) await end();
      return read;
    } catch (error) {
      await end();
      throw error;
    } finally {
      clearTimeout(timer);
      // Not all of them: a worker keeps some of its own.
      for (const event of ['message', 'error', 'exit']) mine.removeAllListeners(event);
    }
  };
  return {
    async read(body) {
      const mine = last.then(() => readNow(body));
      last = mine.catch(() => undefined);
      return await mine;
    },
    close: end,
  };
}

/** @returns isOver: the thread ended with it. @throws what the thread threw: a mistake of ours */
async function readWith(worker: Worker, body: Uint8Array): Promise<{ isOver: boolean; read: Import }> {
  let begun: Extract<Told, { kind: 'begin' }> | null = null;
  const files: Parsed[] = [];
  const soFar = (): Import => {
    if (!begun) return { ok: false, message: 'This request takes too long to read. Send less at once.' };
    const left = begun.names.slice(files.length).map((name): Parsed => ({ ok: false, name, reason: `${name} takes too long to read. Split it into smaller files` }));
    return { ok: true, faq: begun.faq, files: [...files, ...left] };
  };
  return await new Promise((resolve, reject) => {
    worker.on('message', (told: Told) => {
      if (told.kind === 'malformed') resolve({ isOver: false, read: { ok: false, message: told.message } });
      else if (told.kind === 'begin') begun = told;
      else if (told.kind === 'file') files.push(told.parsed);
      else resolve({ isOver: false, read: soFar() });
    });
    worker.once('error', (error: NodeJS.ErrnoException) => { if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ isOver: true, read: soFar() }); else reject(error); });
    worker.once('exit', () => resolve({ isOver: true, read: soFar() }));
    worker.postMessage(body);
  });
}
