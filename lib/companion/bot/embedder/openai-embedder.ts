import * as z from 'zod';
import type { Outgoing } from '../../outgoing/outgoing.ts';
import type { Embedder } from './embedder.ts';

/** Texts of one request: what all known servers take. */
const AT_ONCE = 64;
/** Of a text, characters: the most a small embedding model reads. */
const TEXT_MAX = 2_000;
const ANSWER_MAX = 8 * 1024 * 1024;
/** After a failure it is not asked again for so long, ms: a visitor does not wait for what just failed. */
const REST_MS = 30_000;

const Answer = z.object({ data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1).max(8_192) })) });

export interface OpenAiEmbedderParts {
  baseUrl: string; model: string; key: string | null;
  outgoing: Outgoing; now: () => number;
  /** Never gets a text or the key. */
  warn: (why: string) => void;
}

/** `POST {baseUrl}/embeddings` as OpenAI, and what copies it, speaks it. */
export function createOpenAiEmbedder({ baseUrl, model, key, outgoing, now, warn }: OpenAiEmbedderParts): Embedder {
  let restsUntil = 0;
  const failed = (why: string): null => {
    restsUntil = now() + REST_MS;
    warn(why);
    return null;
  };
  const ask = async (input: readonly string[], deadlineMs: number): Promise<Float32Array[] | null> => {
    const answer = await outgoing.call({
      url: `${baseUrl.replace(/\/+$/, '')}/embeddings`, method: 'POST', deadlineMs, maxBytes: ANSWER_MAX,
      headers: { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ model, input, encoding_format: 'float' }),
    });
    if (!answer.ok) return failed(answer.message);
    if (answer.status !== 200) return failed(`It answers with status ${answer.status}${answer.status === 401 || answer.status === 403 ? ': the key is missing or wrong' : ''}.`);
    return vectorsOf(answer.body, input.length) ?? failed('It answers with something else than one embedding for each text, all of one length.');
  };
  return {
    async embed(texts, deadlineMs) {
      const end = now() + deadlineMs;
      const found: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += AT_ONCE) {
        if (now() < restsUntil || now() >= end) return null;
        const part = await ask(texts.slice(at, at + AT_ONCE).map((text) => text.slice(0, TEXT_MAX) || ' '), end - now());
        if (!part) return null;
        found.push(...part);
      }
      const [first] = found;
      return found.every((one) => one.length === first?.length) ? found : failed('Its embeddings differ in length from one answer to the next.');
    },
  };
}

function vectorsOf(body: string, count: number): Float32Array[] | null {
  const parsed = Answer.safeParse(json(body));
  if (!parsed.success) return null;
  const sorted = parsed.data.data.toSorted((one, other) => one.index - other.index);
  if (sorted.length !== count || sorted.some(({ index, embedding }, at) => index !== at || embedding.length !== sorted[0]?.embedding.length)) return null;
  return sorted.map(({ embedding }) => unit(embedding));
}

function unit(embedding: readonly number[]): Float32Array {
  const length = Math.hypot(...embedding) || 1;
  return Float32Array.from(embedding, (value) => value / length);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused by the schema as any other answer that cannot be read
  }
}
