import { createParser } from 'eventsource-parser';
import * as z from 'zod';

const Chunk = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }).nullish() })).optional(),
  error: z.unknown().optional(),
});
const Whole = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1) });

/** One event is a few hundred bytes; a server that never ends one is not speaking this protocol. */
const EVENT_MAX = 256 * 1024;

export interface CompletionStream {
  feed(piece: string): void;
  /** A chunk said that the server failed, or one could not be read. */
  isBroken(): boolean;
}

/** The chunks of a streamed chat completion. @param onChunk told of each, also of one without text: the server is alive */
export function createCompletionStream(onChunk: (content: string) => void): CompletionStream {
  let isBroken = false;
  const parser = createParser({
    maxBufferSize: EVENT_MAX,
    onEvent({ data }) {
      if (data === '[DONE]') return;
      const chunk = Chunk.safeParse(json(data));
      if (!chunk.success || chunk.data.error !== undefined) { isBroken = true; return; }
      onChunk(chunk.data.choices?.[0]?.delta?.content ?? '');
    },
    onError: ({ type }) => { isBroken ||= type === 'max-buffer-size-exceeded'; },
  });
  return {
    isBroken: () => isBroken,
    feed(piece) { if (!isBroken) parser.feed(piece); },
  };
}

/** The text of a completion that came as a whole, from a server that does not stream; null when it is not one. */
export function completionText(body: string): string | null {
  const whole = Whole.safeParse(json(body));
  return whole.success ? whole.data.choices[0]?.message.content ?? null : null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused by the schema
  }
}
