import { SECOND } from '#lib/base/time.ts';
import type { Engine } from '#lib/protocol/settings.ts';
import { MODEL_DEADLINES } from './model/deadlines.ts';

/** A bot slower than this has missed, in ms: a visitor waits no longer for a sign (reference/detection.md section 5). */
export const BOT_TIMEOUT_MS = 3_000;

/**
 * How long a whole turn may take, ms. A model that is writing may go on, because the visitor reads along; one that is
 * silent is given up by its own, shorter deadlines. What is left after them is for the embedded bot.
 */
export function patienceFor(engine: Engine | undefined): number {
  return engine?.kind === 'model' ? MODEL_DEADLINES.wholeMs + BOT_TIMEOUT_MS : BOT_TIMEOUT_MS;
}

/** A turn owed for longer than this is nobody's: the node that had it gave up or is gone. */
export const owedFor = (engine: Engine | undefined): number => patienceFor(engine) + 2 * SECOND;
