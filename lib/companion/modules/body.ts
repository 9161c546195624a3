import type * as z from 'zod';
import { refusal, type Http } from './parts.ts';

/** What a request may bring unless its route says otherwise, in bytes. */
const BODY_MAX = 64 * 1024;

/** The JSON body as `schema` reads it, or the refusal to answer with. Never holds more than `max` bytes. */
export async function readBody<T>(c: Http, schema: z.ZodType<T>, max = BODY_MAX): Promise<{ ok: true; body: T } | { ok: false; refused: Response }> {
  const text = await readText(c, max);
  return text === null ? { ok: false, refused: tooLarge(c, max) } : readJson(c, schema, text);
}

/** As `readBody`, of a text that was looked at before. */
export function readJson<T>(c: Http, schema: z.ZodType<T>, text: string): { ok: true; body: T } | { ok: false; refused: Response } {
  const read = readAs(schema, text);
  return read.ok ? read : { ok: false, refused: refusal(c, 400, 'malformed', read.message) };
}

/** JSON as `schema` reads it, or why not, for whoever sent it. */
export function readAs<T>(schema: z.ZodType<T>, text: string): { ok: true; body: T } | { ok: false; message: string } {
  const parsed = schema.safeParse(json(text));
  if (parsed.success) return { ok: true, body: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, message: `This request cannot be read: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() };
}

export const tooLarge = (c: Http, max = BODY_MAX): Response => refusal(c, 413, 'too_large', `This request is larger than ${Math.floor(max / 1024)} kB. Send less at once.`);

/** Null: it is larger than `max` bytes. */
export async function readText(c: Http, max = BODY_MAX): Promise<string | null> {
  return (await readBytes(c, max))?.toString('utf8') ?? null;
}

/** The same, undecoded. */
export async function readBytes(c: Http, max: number): Promise<Buffer | null> {
  if (Number(c.req.header('content-length') ?? 0) > max) return null;
  const parts: Uint8Array[] = [];
  let size = 0;
  // A body without a declared length is counted as it comes.
  for await (const part of c.req.raw.body ?? []) {
    size += part.byteLength;
    if (size > max) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Undefined for what is no JSON. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused by the schema as any other body that cannot be read
  }
}
