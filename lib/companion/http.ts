import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Actor } from '#lib/handoff/op.ts';
import { BotId } from '#lib/protocol/ids.ts';
import { isAtLeast } from '#lib/protocol/permission.ts';
import { addressOf, isLoopback } from './address.ts';
import type { Core } from './core.ts';
import { authenticate } from './devices.ts';
import { refusal, type Http, type Route } from './modules/parts.ts';
import { ROUTES } from './routes.ts';
import { isSameSecret } from './secrets.ts';
import { siteRefusal } from './socket/visitor-door.ts';

const EXTENSION = /^(chrome|moz)-extension:\/\//;
/** Documents of the companion say more precisely what they need. */
const POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The member who asks (null where none is needed), or the refusal to answer with. */
async function admit(core: Core, operatorToken: string, c: Http, role: Route['role']): Promise<Actor | Response | null> {
  if (role === null) return null;
  const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
  if (role === 'operator') return isSameSecret(token, operatorToken) && isLoopback(addressOf(core, c.env.incoming)) ? null : refusal(c, 403, 'forbidden', 'Only the operator of this machine may do this.');
  const known = await authenticate(core, token, c.req.header('origin') ?? null);
  if (!known || known === 'revoked') return refusal(c, 401, 'unauthenticated', 'This browser is not connected to the companion any more. Connect it again.');
  return isAtLeast(known.member.role, role) ? { id: known.member.id, name: known.member.name, role: known.member.role } : refusal(c, 403, 'forbidden', 'Your role may not do this.');
}

/** Extensions may call across origins, but not the operator's routes; a site that embeds a bot may call as its visitors. */
function mayCross(core: Core, c: Pick<Http, 'req'>, origin: string): boolean {
  const { path } = c.req;
  if (EXTENSION.test(origin)) return (path === '/healthz' || path.startsWith('/api/')) && !path.startsWith('/api/operator/');
  const bot = BotId.safeParse(/^\/api\/visitor\/([^/]+)\//.exec(path)?.[1]);
  return origin !== '' && bot.success && siteRefusal(core, bot.data, origin, c.req.header('host') ?? '') === null;
}

/** All routes of the table. */
export function createHttp(core: Core, operatorToken: string): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (c, next) => {
    const origin = c.req.header('origin') ?? '';
    const cors = mayCross(core, c, origin);
    if (cors && c.req.method === 'OPTIONS') return c.body(null, 204, { 'access-control-allow-origin': origin, 'access-control-allow-headers': 'authorization, content-type', 'access-control-allow-methods': 'GET, POST, PUT, DELETE', 'access-control-max-age': '600', vary: 'origin' });
    await next();
    if (cors) { c.header('access-control-allow-origin', origin); c.header('vary', 'origin'); }
    c.header('x-content-type-options', 'nosniff');
    if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', POLICY);
  });
  for (const route of ROUTES) app.on(route.method, route.path, async (c) => {
    const by = await admit(core, operatorToken, c, route.role);
    return by instanceof Response ? by : await route.run(core, c, by);
  });
  app.notFound((c) => refusal(c as Http, 404, 'not_found', 'There is nothing here.'));
  app.onError((error, c) => {
    core.log.error({ error, path: c.req.path }, 'A request failed');
    return c.json({ code: 'internal', message: 'The companion could not do this. Try again.' }, 500);
  });
  return app;
}
