import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { WebSocketServer } from 'ws';
import { FRAME_MAX } from '#lib/protocol/limits.ts';
import { addressOf } from './address.ts';
import type { Core } from './core.ts';
import { createHttp } from './http.ts';
import type { AgentHub } from './socket/agent.ts';
import type { VisitorHub } from './socket/visitor.ts';

/** Sockets that are not gone this many ms after they were asked to are cut. */
const DRAIN_MS = 1_000;
/** Agents come from an extension, or from a program that sends no origin; a web page never. */
const AGENT_ORIGIN = /^$|^(chrome|moz)-extension:\/\//;

/** HTTP by hono; sockets by `ws` itself on the same server: no wrapper object per socket or event. */
export async function listen(core: Core, visitors: VisitorHub, agents: AgentHub, operatorToken: string): Promise<{ server: Server; url: string; close(): Promise<void> }> {
  const handle = getRequestListener(createHttp(core, operatorToken).fetch);
  const server = createServer((request, response) => void handle(request, response));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_MAX, perMessageDeflate: false });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = request.url?.split('?')[0];
    const origin = request.headers.origin ?? '';
    if (path !== '/socket/visitor' && path !== '/socket/agent') return void socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    if (path === '/socket/agent' && !AGENT_ORIGIN.test(origin)) return void socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const at = { stream: socket, address: addressOf(core, request), origin, host: request.headers.host ?? '' };
      if (path === '/socket/visitor') visitors.accept(ws, at); else agents.accept(ws, at);
    });
  });
  server.listen(core.config.port, core.config.host);
  await once(server, 'listening');
  const bound = server.address();
  const host = core.config.host.includes(':') ? `[${core.config.host}]` : core.config.host;
  return { server, url: `http://${host}:${typeof bound === 'object' && bound ? bound.port : core.config.port}`, close: () => drain(server, sockets, visitors, agents) };
}

/** So many sockets are closed at once before others have their turn. */
const CLOSED_AT_ONCE = 200;

/** Clients hear that they shall come back, each at a time of its own; commands that were taken are answered before the close. */
async function drain(server: Server, sockets: WebSocketServer, visitors: VisitorHub, agents: AgentHub): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await Promise.all([visitors.drain(DRAIN_MS), agents.drain(DRAIN_MS)]);
  let asked = 0;
  for (const one of sockets.clients) {
    one.close(1012, 'The companion restarts');
    if (++asked % CLOSED_AT_ONCE === 0) await setImmediate();
  }
  server.closeIdleConnections();
  const cut = setTimeout(() => {
    for (const one of sockets.clients) one.terminate();
    server.closeAllConnections();
  }, DRAIN_MS);
  await closed;
  clearTimeout(cut);
}
