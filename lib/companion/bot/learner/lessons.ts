import { createChance } from '#lib/base/random.ts';
import type { Entry, Model, Verdict } from '#lib/detect/classify/model.ts';
import { trainInSlices } from '#lib/detect/classify/train.ts';

/** Models kept, bytes of weights; those asked least lately go first and are learnt again when they are asked for. */
const KEPT_BYTES = 512 * 1024 * 1024;
/** The same base is the same model, on every node and after every restart. */
const SEED = 1;

/** Which knowledge, and whose: of one owner the latest is kept. */
export interface LessonKey { owner: string; of: string }
interface Lesson { owner: string; model: Model | null; ready: Promise<void>; done: Promise<void>; stop: AbortController }

export interface Lessons {
  /** Resolves when questions are judged by it; its chances are calibrated soon after. Learnt already: at once. */
  learn(key: LessonKey, entries: readonly Entry[]): Promise<void>;
  /** Resolves when it is calibrated too. */
  settled(key: LessonKey): Promise<void>;
  /** Null: not learnt, or forgotten. */
  classify(key: LessonKey, text: string, falseReject: number, meaning?: Float32Array): Verdict | null;
}

export function createLessons(keptBytes = KEPT_BYTES): Lessons {
  const lessons = new Map<string, Lesson>();
  const nameOf = ({ owner, of }: LessonKey): string => `${owner} ${of}`;
  /** The owner's former knowledge: its calibration is a fair guess until the new one is tried. */
  const former = (owner: string): [string, Lesson] | undefined => [...lessons].findLast(([, one]) => one.owner === owner);
  const begin = (name: string, owner: string, entries: readonly Entry[]): Lesson => {
    const [before, stop] = [former(owner), new AbortController()];
    const calibration = before?.[1].model?.calibration;
    const ready = Promise.withResolvers<void>();
    const take = (model: Model): void => {
      lesson.model = model;
      if (before) { before[1].stop.abort(); lessons.delete(before[0]); }
      ready.resolve();
    };
    const run = async (): Promise<void> => {
      try {
        take(await trainInSlices(entries, { chance: createChance(SEED), ...(calibration ? { calibration } : {}) }, take, stop.signal));
        makeRoom(lessons, name, keptBytes);
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        ready.resolve(); // replaced: who waited finds nothing here, and learns again if it still matters
      }
    };
    const lesson: Lesson = { owner, model: null, ready: ready.promise, done: Promise.resolve(), stop };
    lesson.done = run();
    return lesson;
  };
  return {
    async learn(key, entries) {
      const name = nameOf(key);
      const lesson = lessons.get(name) ?? begin(name, key.owner, entries);
      lessons.set(name, lesson);
      await Promise.race([lesson.ready, lesson.done]);
    },
    async settled(key) { await lessons.get(nameOf(key))?.done; },
    classify(key, text, falseReject, meaning) {
      const name = nameOf(key);
      const lesson = lessons.get(name);
      if (!lesson?.model) return null;
      lessons.delete(name);
      lessons.set(name, lesson);
      return lesson.model.classify(text, falseReject, meaning);
    },
  };
}

function makeRoom(lessons: Map<string, Lesson>, kept: string, keptBytes: number): void {
  let bytes = [...lessons.values()].reduce((sum, { model }) => sum + (model?.bytes ?? 0), 0);
  for (const [name, { model }] of lessons) {
    if (bytes <= keptBytes) return;
    if (name === kept || !model) continue;
    lessons.delete(name);
    bytes -= model.bytes;
  }
}
