import { Worker } from 'node:worker_threads';
import { SECOND } from '#lib/base/time.ts';
import type { Parsed } from './parse.ts';

export interface NamedFile { name: string; bytes: Uint8Array }

/** Files that take longer are not meant to be read. */
const PATIENCE_MS = 20 * SECOND;

/** Reads files in a thread of their own, which ends with them: whatever is in them keeps nobody else waiting. */
export async function parseFiles(files: readonly NamedFile[], patienceMs = PATIENCE_MS): Promise<Parsed[]> {
  if (files.length === 0) return [];
  const worker = new Worker(new URL('./parse-thread.ts', import.meta.url), { workerData: files });
  const timer = setTimeout(() => void worker.terminate(), patienceMs);
  try {
    return await new Promise<Parsed[]>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => resolve(files.map(({ name }) => ({ ok: false, name, reason: `${name} takes too long to read. Split it into smaller files` }))));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
