import { Worker } from 'node:worker_threads';
import { createCommitQueue, type CommitQueue } from './commit-queue.ts';
import type { Job, JobResult } from './writer.ts';

export type Done = Extract<JobResult, { ok: true }>;

/** The commit queue of a SQLite file: a commit waits for the disk, so it runs in a thread of its own. */
export function startWriterThread(file: string): CommitQueue<Job, Done> {
  const worker = new Worker(new URL('./writer.ts', import.meta.url), { workerData: file });
  let answer: { resolve: (results: JobResult[]) => void; reject: (error: Error) => void } | null = null;
  let broken: Error | null = null;
  worker.on('message', (results: JobResult[]) => answer?.resolve(results));
  worker.on('error', (error) => {
    broken = error instanceof Error ? error : new Error(String(error));
    answer?.reject(broken);
  });
  const commit = async (jobs: Job[]): Promise<(Done | Error)[]> => {
    if (broken) throw broken;
    const results = await new Promise<JobResult[]>((resolve, reject) => {
      answer = { resolve, reject };
      worker.postMessage(jobs);
    });
    return results.map((one) => (one.ok ? one : new Error(one.error)));
  };
  return createCommitQueue(commit, async () => {
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage('close');
    await gone;
  });
}
