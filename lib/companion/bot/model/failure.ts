import type { OutgoingAnswer } from '../../outgoing/outgoing.ts';
import type { WatchEnd } from './ask-model.ts';

/** Why there is no answer. `words` go to the operator's log: nothing a visitor, the model or its server wrote is in them. */
export interface ModelFailure {
  failed: 'stopped' | 'slow' | 'too_large' | 'broken' | 'unreachable' | 'address' | 'key' | 'missing' | 'busy' | 'server' | 'refused' | 'unreadable';
  words: string;
  /** So long the server wants to be left alone, ms. */
  restMs?: number;
}

const ENDS: Record<WatchEnd, ModelFailure> = {
  first: { failed: 'slow', words: 'It did not begin to answer in time. A model that is loaded first may need to be kept in memory.' },
  stall: { failed: 'slow', words: 'It stopped in the middle of its answer.' },
  too_large: { failed: 'too_large', words: 'Its answer has no end.' },
  broken: { failed: 'broken', words: 'It reported a fault in the middle of its answer, or sent something else than chunks of a chat completion.' },
};

/** @param now epoch ms, for a rest that is given as a date */
export function failureOf(answer: OutgoingAnswer, ended: WatchEnd | null, hasKey: boolean, now: number): ModelFailure | null {
  if (ended) return ENDS[ended];
  if (answer.ok) return failureOfStatus(answer.status, hasKey, restOf(answer.retryAfter, now));
  switch (answer.code) {
    case 'stopped': return { failed: 'stopped', words: answer.message };
    case 'timeout': return { failed: 'slow', words: 'It was not done within the longest time a visitor is kept waiting.' };
    case 'too_large': return { failed: 'too_large', words: answer.message };
    case 'bad_address': case 'not_allowed': case 'redirected': return { failed: 'address', words: answer.message };
    case 'unreachable': return { failed: 'unreachable', words: answer.message };
  }
}

function failureOfStatus(status: number, hasKey: boolean, restMs: number): ModelFailure | null {
  if (status === 200) return null;
  if (status === 401 || status === 403) return { failed: 'key', words: `It answers ${status}: ${hasKey ? 'the key is wrong, or may not use this model.' : 'it wants a key, and none is set.'} Set it in the bot's settings.` };
  if (status === 404) return { failed: 'missing', words: 'It answers 404: there is no such model, or the address is not the one of its API. It looks like https://api.example.com/v1.' };
  if (status === 429) return { failed: 'busy', restMs, words: 'It answers 429: too many requests, or the credit is used up.' };
  if (status >= 500) return { failed: 'server', restMs, words: `It answers ${status}: it is in trouble.` };
  return { failed: 'refused', words: `It answers ${status}: it does not take the request. Check the name of the model.` };
}

/** `Retry-After` in seconds or as a date; ms from now. */
function restOf(header: string | undefined, now: number): number {
  if (header === undefined) return 0;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isFinite(ms) && ms > 0 ? ms : 0;
}
