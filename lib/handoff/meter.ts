import type { Meter } from '#lib/protocol/conversation.ts';

/** An offer is made at this much evidence (start value of reference/detection.md section 6). */
export const FIRST_BAR = 1.5;

/** A meter that has seen nothing: at the start, and again after a resolve or a return to the bot. */
export function freshMeter(): Meter {
  return { evidence: 0, misses: 0, reasons: [], cooldown: 0, offers: 0, bar: FIRST_BAR, armed: true, offer: null, clarified: false };
}
