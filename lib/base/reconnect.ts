/** What is lost while a client is away: an agent's work, an answer a person or visitor waits for, or nothing yet. */
export type Comer = 'agent' | 'waiting' | 'idle';

/** Over how long the first tries of a crowd are spread, ms: those who wait for nothing leave the way free. */
const FIRST_MS: Record<Comer, number> = { agent: 1_000, waiting: 3_000, idle: 10_000 };
/**
 * Tries within that first spread: about 8 s of them, so that a companion that starts slowly still finds its agents near.
 * Idle ones have more: of 10,000, some hundred try twice before it listens, and the whole crowd waits for the last.
 */
const FIRST_TRIES: Record<Comer, number> = { agent: 16, waiting: 5, idle: 5 };
const CAP_MS = 30_000;

/**
 * How long a client waits before it connects again, in ms. A companion that is killed can spread nobody, so each client
 * spreads itself: uniformly over its class's window, which doubles once some tries failed, and stays full at the cap.
 * @param attempt 0 for the first retry
 * @param random a number in [0, 1)
 */
export function reconnectAfter(comer: Comer, attempt: number, random: number): number {
  return Math.floor(random * Math.min(CAP_MS, FIRST_MS[comer] * 2 ** Math.max(0, Math.min(attempt, 32) - FIRST_TRIES[comer] + 1)));
}

/** What a draining companion asks of a client: the time a restart takes, then the client's own spread on top, ms. */
export const RESTART_MS = 500;
