import { MINUTE, SECOND } from '#lib/base/time.ts';

const [WAIT_FIRST_MS, WAIT_MOST_MS] = [5 * SECOND, MINUTE];
/** A server that asks for a longer rest than this is asked again all the same: it may have been a mistake. */
const ASKED_MOST_MS = 10 * MINUTE;

/** Keeps visitors from waiting one after another for a server that just failed: after a pause one of them tries it for all. */
export interface Breaker {
  /** Who may must tell the outcome. */
  mayAsk(): boolean;
  answered(): void;
  /** @param restMs what the server asked for; @param tolerated so many failures in a row are taken for chance */
  failed(restMs?: number, tolerated?: number): void;
  /** Nobody waited for the outcome. */
  stopped(): void;
}

export function createBreaker(now: () => number): Breaker {
  let failures = 0;
  let openUntil = 0;
  let isTrying = false;
  return {
    mayAsk() {
      if (openUntil === 0) return true;
      if (now() < openUntil || isTrying) return false;
      isTrying = true;
      return true;
    },
    answered() { failures = 0; openUntil = 0; isTrying = false; },
    failed(restMs = 0, tolerated = 0) {
      failures += 1;
      isTrying = false;
      const wait = Math.min(WAIT_MOST_MS, WAIT_FIRST_MS * 2 ** Math.min(16, failures - 1 - tolerated));
      if (failures > tolerated) openUntil = Math.max(openUntil, now() + Math.max(wait, Math.min(restMs, ASKED_MOST_MS)));
    },
    stopped() { isTrying = false; },
  };
}
