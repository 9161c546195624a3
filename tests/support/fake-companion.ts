import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Message } from '#lib/protocol/message.ts';
import type { VisitorBot, VisitorConversation, VisitorDown, VisitorUp } from '#lib/protocol/visitor.ts';

/** A companion by script: serves the built widget and says to visitors what the test tells it to. */
export interface FakeCompanion {
  url: string; received: VisitorUp[]; messages: Message[];
  say(message: Record<string, unknown>): void;
  conversation(change: Partial<VisitorConversation>): void;
  send(frame: VisitorDown): void;
  cut(): void;
  close(): Promise<void>;
}

const BOT = { id: 'bot', name: 'Shop assistant', greeting: 'Hi! How can I help?', waitingTooLongMs: 180_000,
  handoff: { enabled: true, mode: 'both', agentLabel: 'Sarah from Support', offlineMessage: 'We are offline.', available: true } } as VisitorBot;

export async function startFakeCompanion(widget: string): Promise<FakeCompanion> {
  const http = createServer((request, response) => {
    const file = request.url === '/widget.js' ? 'widget.js' : request.url === '/widget/app.js' ? 'app.js' : null;
    response.writeHead(file ? 200 : 404, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' });
    response.end(file ? readFileSync(`${widget}/${file}`) : '');
  });
  const sockets = new Set<WebSocket>();
  const received: VisitorUp[] = [], messages: Message[] = [];
  let state: VisitorConversation | null = null;
  const send = (frame: VisitorDown): void => { for (const socket of sockets) socket.send(JSON.stringify(frame)); };
  const say = (message: Record<string, unknown>): void => {
    const next = { id: `m${messages.length}`, conversationId: 'c', at: Date.now(), ...message, index: messages.length + 1, seq: messages.length + 1 } as Message;
    messages.push(next);
    if (state) state = { ...state, messageSeq: messages.length };
    send({ type: 'messages', from: messages.length - 1, to: messages.length, messages: [next] });
  };
  const conversation = (change: Partial<VisitorConversation>): void => {
    state = { status: 'open', floor: 'bot', messageSeq: messages.length, agentLabel: null, waiting: null, offline: false, email: null, ...state, ...change };
    send({ type: 'conversation', conversation: state });
  };
  new WebSocketServer({ server: http, path: '/socket/visitor' }).on('connection', (socket) => {
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString('utf8')) as VisitorUp;
      received.push(frame);
      if (frame.type === 'hello') {
        sockets.add(socket);
        socket.send(JSON.stringify({ type: 'welcome', version: 1, serverTime: Date.now(), bot: BOT, conversation: state, messages: messages.filter((message) => message.seq > frame.after) }));
      } else if (frame.type === 'ping') socket.send(JSON.stringify({ type: 'pong', messageSeq: messages.length, serverTime: Date.now() }));
      else if (frame.type === 'fetch') socket.send(JSON.stringify({ type: 'messages', from: frame.after, to: messages.length, messages: messages.filter((message) => message.seq > frame.after) }));
      else if ('id' in frame) {
        if (!state) conversation({});
        if (frame.type === 'message' && !messages.some((message) => message.id === frame.id)) say({ id: frame.id, kind: 'said', author: { kind: 'visitor' }, text: frame.text });
        socket.send(JSON.stringify({ type: 'ack', id: frame.id, ok: true }));
      }
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const cut = (): void => { for (const socket of sockets) socket.terminate(); };
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, received, messages, say, conversation, send, cut,
    async close() { cut(); http.closeAllConnections(); http.close(); await once(http, 'close'); } };
}
