import type { Learner } from '#lib/companion/bot/learner/learner.ts';
import { createLessons } from '#lib/companion/bot/learner/lessons.ts';

/** The learner without its thread; what it has learnt is calibrated at once, so that a test sees the same each time. */
export function createInlineLearner(): Learner {
  const lessons = createLessons();
  return {
    async learn(key, entries) {
      await lessons.learn(key, entries);
      await lessons.settled(key);
    },
    settled: lessons.settled,
    classify: (key, text, falseReject, meaning) => Promise.resolve(lessons.classify(key, text, falseReject, meaning)),
    close: () => Promise.resolve(),
  };
}
