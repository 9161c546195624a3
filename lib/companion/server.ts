import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { WebSocketServer } from 'ws';
import { FRAME_MAX } from '#lib/protocol/limits.ts';
import { isAtLeast } from '#lib/protocol/permission.ts';
import type { Core } from './core.ts';
import { authenticate } from './devices.ts';
import { refusal, type Http } from './modules/parts.ts';
import { ROUTES } from './routes.ts';
import { isSameSecret } from './secrets.ts';
import type { AgentHub } from './socket/agent.ts';
import type { VisitorHub } from './socket/visitor.ts';

const EXTENSION = /^(chrome|moz)-extension:\/\//;

async function admit(core: Core, operatorToken: string, c: Http, role: (typeof ROUTES)[number]['role']): Promise<Response | null> {
  if (role === null) return null;
  const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
  if (role === 'operator') return isSameSecret(token, operatorToken) && /^(::1|(::ffff:)?127\.)/.test(c.env.incoming.socket.remoteAddress ?? '') ? null : refusal(c, 403, 'forbidden', 'Only the operator of this machine may do this.');
  const known = await authenticate(core, token, c.req.header('origin') ?? null);
  if (!known || known === 'revoked') return refusal(c, 401, 'unauthenticated', 'This browser is not connected to the companion any more. Connect it again.');
  return isAtLeast(known.member.role, role) ? null : refusal(c, 403, 'forbidden', 'Your role may not do this.');
}

/** HTTP by hono; sockets by `ws` itself on the same server: no wrapper object per socket or event. */
export async function listen(core: Core, visitors: VisitorHub, agents: AgentHub, operatorToken: string): Promise<{ server: Server; url: string; close(): Promise<void> }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (c, next) => {
    const origin = c.req.header('origin') ?? '';
    const cors = EXTENSION.test(origin) && (c.req.path === '/healthz' || c.req.path.startsWith('/api/')) && !c.req.path.startsWith('/api/operator/');
    if (cors && c.req.method === 'OPTIONS') return c.body(null, 204, { 'access-control-allow-origin': origin, 'access-control-allow-headers': 'authorization, content-type', 'access-control-allow-methods': 'GET, POST, DELETE', vary: 'origin' });
    await next();
    if (cors) { c.header('access-control-allow-origin', origin); c.header('vary', 'origin'); }
    c.header('x-content-type-options', 'nosniff');
    c.header('content-security-policy', "default-src 'none'; script-src 'self'; connect-src 'self' ws: wss:; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
  });
  for (const route of ROUTES) app.on(route.method, route.path, async (c) => await admit(core, operatorToken, c, route.role) ?? await route.run(core, c));
  app.notFound((c) => refusal(c as Http, 404, 'not_found', 'There is nothing here.'));
  app.onError((error, c) => { core.log.error({ error, path: c.req.path }, 'A request failed'); return c.json({ code: 'internal', message: 'The companion could not do this. Try again.' }, 500); });
  const server = createServer(getRequestListener(app.fetch as Parameters<typeof getRequestListener>[0]));
  const wss = new WebSocketServer({ noServer: true, maxPayload: FRAME_MAX, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    const path = request.url?.split('?')[0];
    if (path !== '/socket/visitor' && path !== '/socket/agent') return void socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    wss.handleUpgrade(request, socket, head, (ws) => {
      const at = { address: request.socket.remoteAddress ?? '', origin: request.headers.origin ?? '', host: request.headers.host ?? '' };
      if (path === '/socket/visitor') visitors.accept(ws, at); else agents.accept(ws, at);
    });
  });
  server.listen(core.config.port, core.config.host);
  await once(server, 'listening');
  const bound = server.address();
  const url = `http://${core.config.host}:${typeof bound === 'object' && bound ? bound.port : core.config.port}`;
  return { server, url, async close() {
    visitors.drain(); agents.drain();
    const closed = once(server, 'close');
    server.close();
    for (const one of wss.clients) one.close(1001, 'The companion restarts');
    server.closeIdleConnections();
    setTimeout(() => { for (const one of wss.clients) one.terminate(); server.closeAllConnections(); }, 1_000).unref();
    await closed;
  } };
}
