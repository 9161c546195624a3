const BASE_MS = 500;
/** Long enough to spare a server that is down, short enough that a person does not give up. */
const CAP_MS = 30_000;

/**
 * How long to wait before reconnecting, in ms: full jitter *after* the cap, because jitter before it brings every
 * client back at the same moment once the cap is reached (reference: AWS "Exponential backoff and jitter").
 * @param attempt 0 for the first retry
 * @param random a number in [0, 1)
 */
export function backoff(attempt: number, random: number): number {
  return Math.floor(random * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 16)));
}
