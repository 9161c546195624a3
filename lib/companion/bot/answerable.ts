import type { Verdict } from '#lib/detect/classify/model.ts';
import { GOOD_ANSWER } from '#lib/handoff/weigh.ts';

/**
 * A calibrated chance on the meter's scale: where the slider draws the line it is a good answer, where it draws the
 * line of doubt a weak one. In between it grows evenly.
 */
export function answerableOf({ answerable, threshold, doubt }: Verdict): number {
  if (answerable >= threshold) return between(answerable, [threshold, 1], [GOOD_ANSWER.good, 1]);
  if (answerable >= doubt) return between(answerable, [doubt, threshold], [GOOD_ANSWER.weak, GOOD_ANSWER.good]);
  return between(answerable, [0, doubt], [0, GOOD_ANSWER.weak]);
}

function between(value: number, [low, high]: readonly [number, number], [from, to]: readonly [number, number]): number {
  return high > low ? from + ((value - low) / (high - low)) * (to - from) : to;
}
