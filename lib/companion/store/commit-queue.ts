import { Worker } from 'node:worker_threads';
import type { Job, JobResult } from './writer.ts';

interface Waiting { job: Job; resolve: (result: Extract<JobResult, { ok: true }>) => void; reject: (error: Error) => void }

export interface CommitQueue { run(job: Job): Promise<Extract<JobResult, { ok: true }>>; close(): Promise<void> }

/** Enough to fill a commit, small enough that one batch never keeps others waiting long. */
const BATCH = 2_000;

/**
 * Natural group commit: whatever queued while the last commit ran goes into the next one. Measured better at both ends
 * than a timer (.github/design/storage.md).
 */
export function createCommitQueue(file: string): CommitQueue {
  const worker = new Worker(new URL('./writer.ts', import.meta.url), { workerData: file });
  let queue: Waiting[] = [];
  let running: Waiting[] | null = null;
  let broken: Error | null = null;
  let scheduled = false;
  const idle: (() => void)[] = [];

  const flush = (): void => {
    scheduled = false;
    if (running) return;
    if (queue.length === 0) {
      for (const resolve of idle.splice(0)) resolve();
      return;
    }
    running = queue.splice(0, BATCH);
    worker.postMessage(running.map(({ job }) => job));
  };
  worker.on('message', (results: JobResult[]) => {
    const done = running ?? [];
    running = null;
    flush();
    results.forEach((result, i) => {
      if (result.ok) done[i]?.resolve(result);
      else done[i]?.reject(new Error(result.error));
    });
  });
  worker.on('error', (error) => {
    broken = error instanceof Error ? error : new Error(String(error));
    for (const { reject } of [...(running ?? []), ...queue.splice(0)]) reject(broken);
    running = null;
    for (const resolve of idle.splice(0)) resolve();
  });

  return {
    run: (job) => new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      queue.push({ job, resolve, reject });
      if (running || scheduled) return;
      scheduled = true;
      setImmediate(flush);
    }),
    async close() {
      if (running || queue.length > 0) await new Promise<void>((resolve) => idle.push(resolve));
      if (broken) return;
      broken = new Error('The store is closed');
      const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.postMessage('close');
      await gone;
    },
  };
}
