import type { Context } from 'hono';
import type { HttpBindings } from '@hono/node-server';
import type { Actor } from '#lib/handoff/op.ts';
import type { HttpError } from '#lib/protocol/http.ts';
import type { Role } from '#lib/protocol/settings.ts';
import type { Core } from '../core.ts';

export type Http = Context<{ Bindings: HttpBindings }>;
/** One row of the route table: `role` null needs no member, `operator` needs the operator's token. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; role: Role | 'operator' | null; 
  /** `by`: the member who asks; null where no member is needed. */
  run: (core: Core, c: Http, by: Actor | null) => Promise<Response> | Response;
}
/** A refusal over HTTP, with words for the person. */
export const refusal = (c: Http, status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 429 | 503, code: string, message: string): Response => c.json({ code, message } satisfies HttpError, status);

/** What stands behind the "?"; an empty value is an absent one, as forms send it. */
export const queryOf = (c: Http): Record<string, string> => Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== ''));

/** A file, piece by piece as fast as it is taken, so that its size costs no memory. */
export function streamed(c: Http, pieces: AsyncGenerator<string, undefined>, type: string, filename: string): Response {
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close(); else controller.enqueue(new TextEncoder().encode(value));
    },
    async cancel() { await pieces.return(undefined); },
  });
  return c.body(stream, 200, { 'content-type': type, 'content-disposition': `attachment; filename="${filename}"`, 'cache-control': 'no-store' });
}
