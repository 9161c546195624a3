import type { AnswerHead, Outgoing, OutgoingAnswer } from '../../outgoing/outgoing.ts';
import { completionText, createCompletionStream } from './completion-stream.ts';
import type { ModelDeadlines } from './deadlines.ts';
import { failureOf, type ModelFailure } from './failure.ts';

/** An answer of 4,000 characters is a megabyte when each token comes in a chunk of its own. */
const BYTES_MAX = 4 * 1024 * 1024;
/** Of the text in it: many times an answer, so that a thought before it fits as well. */
const TEXT_MAX = 64 * 1024;

export interface AskModelParts { outgoing: Outgoing; baseUrl: string; key: string | null; deadlines: ModelDeadlines; now: () => number }

/** `https://api.example.com/v1` as it is asked, also when the whole address was pasted. What is no address is refused by `outgoing`. */
export function completionsUrl(baseUrl: string): string {
  const [path = '', ...query] = baseUrl.split('?');
  const whole = `${path.replace(/\/+$/, '').replace(/\/chat\/completions$/, '')}/chat/completions`;
  return query.length > 0 ? `${whole}?${query.join('?')}` : whole;
}

const isStream = ({ status, contentType }: AnswerHead): boolean => status === 200 && /^text\/event-stream\b/i.test(contentType);

/**
 * One request for a chat completion. @returns the text of it, or why there is none
 * @param onContent hears the text as it comes
 */
export async function askModel({ outgoing, baseUrl, key, deadlines, now }: AskModelParts, body: object, signal: AbortSignal, onContent: (piece: string) => void): Promise<{ text: string } | ModelFailure> {
  const watch = startWatch(deadlines);
  let text = '';
  const stream = createCompletionStream((content) => {
    if (watch.signal.aborted) return;
    watch.alive();
    text += content;
    if (text.length > TEXT_MAX) watch.end('too_large');
    else if (content !== '') onContent(content);
  });
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream, application/json', 'user-agent': 'Baton', ...(key === null ? {} : { authorization: `Bearer ${key}` }) };
  const hear = (piece: string, head: AnswerHead): void => {
    if (!isStream(head)) return watch.alive();
    stream.feed(piece);
    if (stream.isBroken()) watch.end('broken');
  };
  try {
    const answer = await outgoing.call({ url: completionsUrl(baseUrl), method: 'POST', headers, body: JSON.stringify(body), deadlineMs: deadlines.wholeMs, maxBytes: BYTES_MAX, onText: hear }, AbortSignal.any([signal, watch.signal]));
    const failure = failureOf(answer, watch.ended(), key !== null, now());
    return failure ?? whole(answer, text);
  } finally {
    watch.stop();
  }
}

function whole(answer: OutgoingAnswer, streamed: string): { text: string } | ModelFailure {
  if (!answer.ok) return { failed: 'unreachable', words: answer.message };
  if (isStream(answer)) return { text: streamed };
  const text = /^application\/json\b/i.test(answer.contentType) ? completionText(answer.body) : null;
  return text === null ? { failed: 'unreadable', words: 'It answers with something else than a chat completion. Check that the address is the one of an OpenAI-compatible API, such as https://api.example.com/v1.' } : { text };
}

export type WatchEnd = 'first' | 'stall' | 'too_large' | 'broken';
interface Watch { signal: AbortSignal; alive(): void; end(why: WatchEnd): void; ended(): WatchEnd | null; stop(): void }

/** Gives a silent server up: sooner or later, depending on whether it has begun to speak. */
function startWatch({ firstMs, stallMs }: ModelDeadlines): Watch {
  const over = new AbortController();
  let why: WatchEnd | null = null;
  const end = (reason: WatchEnd): void => { clearTimeout(timer); why ??= reason; over.abort(); };
  let timer = setTimeout(() => end('first'), firstMs);
  return {
    signal: over.signal, end, ended: () => why, stop: () => clearTimeout(timer),
    alive() {
      clearTimeout(timer);
      if (!over.signal.aborted) timer = setTimeout(() => end('stall'), stallMs);
    },
  };
}
