import { setTimeout as pause } from 'node:timers/promises';
import type { Outgoing, OutgoingAnswer } from '../../outgoing/outgoing.ts';
import { signed } from './signature.ts';

/** All tries of one turn together, ms: the runner waits BOT_TIMEOUT_MS (patience.ts), and the embedded bot needs a moment of it. */
export const PATIENCE_MS = 2_500;
/** Before the second try, at most, ms; doubled with each further one. */
const PAUSE_MS = 200;
/** An answer of words is never this large, bytes. */
const ANSWER_MAX = 64 * 1024;

export interface Delivery { url: string; key: Buffer; id: string; body: string }
export interface DeliverParts { outgoing: Outgoing; now: () => number; /** In [0, 1). */ random: () => number; patienceMs?: number }

/** Worth another try: nobody answered, or the server says that it is in trouble or in a hurry. */
function isPassing(answer: OutgoingAnswer): boolean {
  return answer.ok ? answer.status >= 500 || answer.status === 429 : answer.code === 'unreachable';
}

/** The last answer within the patience. Each try bears the same id and a new time, so the receiver can tell a retry from a replay. */
export async function deliver({ outgoing, now, random, patienceMs = PATIENCE_MS }: DeliverParts, { url, key, id, body }: Delivery, signal: AbortSignal): Promise<OutgoingAnswer> {
  const until = now() + patienceMs;
  for (let tried = 0; ; tried++) {
    const headers = { ...signed(key, id, body, now()), 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'Baton-Webhook/1' };
    const answer = await outgoing.call({ url, method: 'POST', headers, body, deadlineMs: Math.max(1, until - now()), maxBytes: ANSWER_MAX }, signal);
    const wait = random() * PAUSE_MS * 2 ** tried;
    if (!isPassing(answer) || now() + wait >= until || signal.aborted) return answer;
    await pause(wait, undefined, { signal }).catch(() => undefined); // the next try finds out that nobody waits
  }
}
