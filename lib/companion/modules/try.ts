import { SECOND } from '#lib/base/time.ts';
import type { Actor } from '#lib/handoff/op.ts';
import { TryRequest, type Tried } from '#lib/protocol/try.ts';
import { patienceFor } from '../bot/patience.ts';
import { tryLines } from '../bot/try-lines.ts';
import type { Core } from '../core.ts';
import { createBuckets } from '../socket/bucket.ts';
import { readBody } from './body.ts';
import { botOf } from './bot-of.ts';
import { refusal, type Http } from './parts.ts';
import { withUnsaved } from './with-unsaved.ts';

/** Eleven lines at their limit, in bytes. */
const TRY_MAX = 256 * 1024;
/** The extension waits 15 s for an answer. */
const ALL_MS = 12 * SECOND;
/** Each try is up to eleven turns, and a model's turns cost money. */
const tries = createBuckets(30, 0.5);

/** What the bot would make of a message: the production code run dry. */
export async function tryDetector(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const read = await readBody(c, TryRequest, TRY_MAX);
  if (!read.ok) return read.refused;
  const saved = core.settings.bot(botId);
  if (!saved) return refusal(c, 404, 'not_found', 'There is no such bot.');
  if (core.config.rateLimits && !tries.take(by?.id ?? '', Date.now())) return refusal(c, 429, 'rate_limited', 'That were many tries in a short time. Wait a moment, then try again.');
  const parts = { settings: withUnsaved(saved, read.body), workspace: core.settings.workspace(), connected: core.leases.connected(), now: Date.now(), botOf: core.bots.of, timeoutMs: patienceFor(saved.engine), allMs: ALL_MS };
  return c.json({ lines: await tryLines(parts, [...read.body.earlier ?? [], read.body.text]) } satisfies Tried, 200, { 'cache-control': 'no-store' });
}
