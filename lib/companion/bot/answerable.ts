import type { Verdict } from '#lib/detect/classify/model.ts';
import { GOOD_ANSWER } from '#lib/handoff/weigh.ts';

/** A chance from here up is a good answer, unless the slider asks for more. */
const CONFIDENT = 0.6;

/** A calibrated chance on the meter's scale: from the line that the slider draws it is a weak answer, from `CONFIDENT` a good one. In between it grows evenly. */
export function answerableOf({ answerable, threshold }: Verdict): number {
  const good = Math.max(threshold, CONFIDENT);
  if (answerable >= good) return between(answerable, [good, 1], [GOOD_ANSWER.good, 1]);
  if (answerable >= threshold) return between(answerable, [threshold, good], [GOOD_ANSWER.weak, GOOD_ANSWER.good]);
  // Below the line by however little: never a weak answer by a rounding.
  return Math.min(between(answerable, [0, threshold], [0, GOOD_ANSWER.weak]), GOOD_ANSWER.weak - Number.EPSILON);
}

function between(value: number, [low, high]: readonly [number, number], [from, to]: readonly [number, number]): number {
  return high > low ? from + ((value - low) / (high - low)) * (to - from) : to;
}
