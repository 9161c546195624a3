import { MINUTE } from '#lib/base/time.ts';
import type { Meter } from '#lib/protocol/conversation.ts';

/** An unanswered offer stands this many further visitor turns … */
export const OFFER_STANDS_TURNS = 2;
/** … or this long, whichever ends first. */
export const OFFER_STANDS_MS = 10 * MINUTE;
/** After a no, or no answer, this many visitor turns pass before another unsolicited offer (law 5). */
export const COOLDOWN_TURNS = 3;
/** And it then takes more evidence than the first time. */
export const NEXT_BAR = 2.5;

/** The offer was declined or lapsed: forget the evidence, remember the answer. A new problem may be clarified once again. */
export function askAgainLater(meter: Meter): Meter {
  return { ...meter, evidence: 0, reasons: [], cooldown: COOLDOWN_TURNS, bar: NEXT_BAR, armed: false, offer: null, clarified: false };
}
