import { Worker } from 'node:worker_threads';
import { SECOND } from '#lib/base/time.ts';
import type { Parsed } from './parse.ts';

export interface NamedFile { name: string; bytes: Uint8Array }
/** Reads files in a thread of its own: whatever is in them keeps nobody else waiting. */
export interface FileReader { read(files: readonly NamedFile[]): Promise<Parsed[]>; close(): Promise<void> }

/** Files that take longer are not meant to be read. */
const PATIENCE_MS = 20 * SECOND;

const tooLong = (files: readonly NamedFile[]): Parsed[] => files.map(({ name }) => ({ ok: false, name, reason: `${name} takes too long to read. Split it into smaller files` }));

/** The thread begins with the first files and is there for the next; one that is stuck is ended, and the files after it get another. */
export function createFileReader(patienceMs = PATIENCE_MS): FileReader {
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const begin = (): Worker => {
    const made = new Worker(new URL('./parse-thread.ts', import.meta.url));
    // Nobody waits for it alone.
    made.unref();
    return made;
  };
  const readNow = async (files: readonly NamedFile[]): Promise<Parsed[]> => {
    const mine = (worker ??= begin());
    const timer = setTimeout(() => void mine.terminate(), patienceMs);
    const over = new AbortController();
    try {
      return await new Promise<Parsed[]>((resolve, reject) => {
        mine.once('message', resolve).once('error', reject).once('exit', () => resolve(tooLong(files)));
        over.signal.addEventListener('abort', () => mine.removeListener('message', resolve).removeListener('error', reject));
        mine.postMessage(files);
      });
    } finally {
      clearTimeout(timer);
      over.abort();
      mine.removeAllListeners('exit');
      if (mine.threadId === -1) worker = null;
    }
  };
  return {
    async read(files) {
      if (files.length === 0) return [];
      const mine = last.then(() => readNow(files));
      last = mine.catch(() => { worker = null; });
      return await mine;
    },
    async close() { await worker?.terminate(); },
  };
}
