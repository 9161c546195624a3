import type { Context } from 'hono';
import type { HttpBindings } from '@hono/node-server';
import type { HttpError } from '#lib/protocol/http.ts';
import type { Role } from '#lib/protocol/settings.ts';
import type { Core } from '../core.ts';

export type Http = Context<{ Bindings: HttpBindings }>;
/** One row of the route table: `role` null needs no member, `operator` needs the operator's token. */
export interface Route { method: 'GET' | 'POST' | 'DELETE'; path: string; role: Role | 'operator' | null; run: (core: Core, c: Http) => Promise<Response> | Response }
/** A refusal over HTTP, with words for the person. */
export const refusal = (c: Http, status: 400 | 401 | 403 | 404 | 410 | 413 | 429 | 503, code: string, message: string): Response => c.json({ code, message } satisfies HttpError, status);
