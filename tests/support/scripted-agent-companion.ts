import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { AgentUp } from '#lib/protocol/agent.ts';
import { recorded } from './wire-v1/recording.ts';

/** A companion of another version, by script: pairs, and says what companions of protocol 1 were recorded to say. */
export interface ScriptedCompanion {
  url: string; received: AgentUp[];
  /** What `/healthz` and the welcome name. */
  protocol: number;
  /** Refuses greetings as a companion does that no longer serves so old a client. */
  refuses: boolean;
  send(frame: object): void;
  /** Ends every connection. */
  cut(): void;
  close(): Promise<void>;
}

const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
const TOO_OLD = 4426;

export async function startScriptedCompanion(): Promise<ScriptedCompanion> {
  const [welcome, ...frames] = recorded('agent').filter((text) => !/"type":"(drain|error|ack|nack|typing|pong)"/.test(text)).map((text) => JSON.parse(text) as { self: object });
  const sockets = new Set<WebSocket>();
  const http = createServer((request, response) => {
    response.writeHead(request.method === 'OPTIONS' ? 204 : 200, { 'content-type': 'application/json', ...CORS });
    if (request.url === '/healthz') return response.end(JSON.stringify({ epoch: 'e', protocol: companion.protocol }));
    response.end(request.url === '/api/pair' ? JSON.stringify({ token: 'a'.repeat(43), member: welcome!.self, workspaceName: 'Old shop' }) : JSON.stringify({ conversations: [], more: false }));
  });
  new WebSocketServer({ server: http, path: '/socket/agent' }).on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString('utf8')) as AgentUp;
      companion.received.push(frame);
      if (frame.type === 'hello' && companion.refuses) return socket.close(TOO_OLD, 'The extension is too old for this companion');
      if (frame.type === 'hello') for (const one of [{ ...welcome, version: companion.protocol }, ...frames]) socket.send(JSON.stringify(one));
      if (frame.type === 'ping') socket.send(JSON.stringify({ type: 'pong', head: 0, serverTime: Date.now() }));
      if (frame.type === 'command') socket.send(JSON.stringify({ type: 'ack', id: frame.id }));
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const companion: ScriptedCompanion = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, received: [], protocol: 1, refuses: false,
    send(frame) { for (const socket of sockets) socket.send(JSON.stringify(frame)); },
    cut() { for (const socket of sockets) socket.terminate(); },
    async close() { companion.cut(); http.closeAllConnections(); http.close(); await once(http, 'close'); },
  };
  return companion;
}
