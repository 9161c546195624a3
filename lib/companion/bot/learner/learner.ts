import { Worker } from 'node:worker_threads';
import type { Entry, Verdict } from '#lib/detect/classify/model.ts';
import type { LessonKey } from './lessons.ts';
import type { Asked, Told } from './thread.ts';

/** Learns knowledge bases and judges questions by them, in a thread of its own: neither keeps the companion's event loop. */
export interface Learner {
  /**
   * Takes the place of what was learnt under this key. Resolves as soon as questions are judged by it; its chances are
   * calibrated soon after.
   */
  learn(key: LessonKey, entries: readonly Entry[]): Promise<void>;
  /** Null: nothing is learnt under this key (any more). @param falseReject see Detection in lib/protocol/settings.ts */
  classify(key: LessonKey, text: string, falseReject: number, meaning?: Float32Array): Promise<Verdict | null>;
  /** What is learnt under this key is calibrated too. */
  settled(key: LessonKey): Promise<void>;
  close(): Promise<void>;
}

/** Begins the thread with the first lesson. @param report hears of a thread that died; the next lesson begins another */
export function createLearner(report: (error: unknown) => void): Learner {
  let worker: Worker | null = null;
  let count = 0;
  const waiting = new Map<number, { resolve: (told: Told) => void; reject: (error: Error) => void }>();
  const begin = (): Worker => {
    const made = new Worker(new URL('./thread.ts', import.meta.url));
    // Nobody waits for it alone.
    made.unref();
    made.on('message', (told: Told) => {
      waiting.get(told.id)?.resolve(told);
      waiting.delete(told.id);
    });
    const died = (error: Error): void => {
      if (worker === made) worker = null;
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
      report(error);
    };
    made.on('error', died);
    return made;
  };
  const ask = (what: Asked): Promise<Told> => new Promise((resolve, reject) => {
    worker ??= begin();
    waiting.set(what.id, { resolve, reject });
    worker.postMessage(what);
  });
  return {
    async learn(key, entries) { await ask({ id: ++count, do: 'learn', key, entries: [...entries] }); },
    async settled(key) { await ask({ id: ++count, do: 'settle', key }); },
    async classify(key, text, falseReject, meaning) {
      const told = await ask({ id: ++count, do: 'classify', key, text, falseReject, ...(meaning ? { meaning } : {}) });
      return told.verdict ?? null;
    },
    async close() { await worker?.terminate(); },
  };
}
