import { MINUTE } from '#lib/base/time.ts';
import type { TurnUnderWay } from './turn-under-way.ts';

/** A bot that said "later" has this long, ms; then the embedded bot answers. */
export const LATER_MS = MINUTE;

/** Until the turn is over, or in a hurry, or it is time to answer without the bot. */
export async function awaitLater(under: TurnUnderWay, closing: AbortSignal, ms = LATER_MS): Promise<void> {
  // What happened while the bot was asked.
  await under.look();
  const end = AbortSignal.any([under.left, under.hurry, closing, AbortSignal.timeout(ms)]);
  if (!end.aborted) await new Promise<void>((resolve) => end.addEventListener('abort', () => resolve(), { once: true }));
}
