interface Waiting<J, R> { job: J; resolve: (result: R) => void; reject: (error: Error) => void }

export interface CommitQueue<J, R> { run(job: J): Promise<R>; close(): Promise<void> }

/** Enough to fill a commit, small enough that one batch never keeps others waiting long. */
const BATCH = 2_000;

/**
 * Natural group commit: whatever queued while the last commit ran goes into the next one. Measured better at both ends
 * than a timer (.github/design/storage.md).
 * @param commit all of them in one transaction: a result or an error for each, in their order; a rejection means that
 *   nothing can be committed any more
 * @param end lets go of what `commit` uses, after the last of them
 */
export function createCommitQueue<J, R>(commit: (jobs: J[]) => Promise<(R | Error)[]>, end: () => Promise<void>): CommitQueue<J, R> {
  let queue: Waiting<J, R>[] = [];
  let running: Waiting<J, R>[] | null = null;
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
    const batch = queue.splice(0, BATCH);
    running = batch;
    commit(batch.map(({ job }) => job)).then((results) => settle(batch, results), fail);
  };
  const settle = (batch: Waiting<J, R>[], results: (R | Error)[]): void => {
    running = null;
    flush();
    batch.forEach(({ resolve, reject }, i) => {
      const result = results[i];
      if (result instanceof Error) reject(result);
      else if (result === undefined) reject(new Error('The store gave no answer'));
      else resolve(result);
    });
  };
  const fail = (error: unknown): void => {
    broken = error instanceof Error ? error : new Error(String(error));
    for (const { reject } of [...(running ?? []), ...queue.splice(0)]) reject(broken);
    running = null;
    for (const resolve of idle.splice(0)) resolve();
  };

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
      await end();
    },
  };
}
