import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { WebSocketServer, type WebSocket } from 'ws';

/**
 * The bare floor: a `ws` relay that commits each message durably in a worker thread (whatever queued while the last
 * commit ran), then acknowledges it to its sender and passes it on. No parsing beyond JSON, no rules, no roles.
 */
interface Frame { as?: 'visitor' | 'agent'; n: number; id: string; text: string }
interface Job { frame: Frame; from: WebSocket; to: WebSocket | undefined }

const AGENTS = 20;
const visitors: WebSocket[] = [];
const agents: WebSocket[] = [];
const writer = new Worker(new URL('./floor-writer.ts', import.meta.url), { workerData: join(mkdtempSync(join(tmpdir(), 'floor-')), 'floor.db') });
let queue: Job[] = [];
let running: Job[] | null = null;

function flush(): void {
  if (running || queue.length === 0) return;
  running = queue;
  queue = [];
  writer.postMessage(running.map(({ frame }) => ({ id: frame.id, conversation: frame.n, text: frame.text })));
}

writer.on('message', () => {
  for (const { frame, from, to } of running ?? []) {
    from.send(`{"type":"ack","id":"${frame.id}"}`);
    to?.send(JSON.stringify({ type: 'message', id: frame.id, n: frame.n, text: frame.text }));
  }
  running = null;
  flush();
});

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, maxPayload: 64 * 1024 });
server.on('connection', (socket) => {
  let as: 'visitor' | 'agent' = 'visitor';
  socket.on('message', (raw) => {
    const frame = JSON.parse(String(raw)) as Frame;
    if (frame.as) {
      as = frame.as;
      (as === 'visitor' ? visitors : agents)[frame.n] = socket;
      socket.send('{"type":"welcome"}');
      return;
    }
    queue.push({ frame, from: socket, to: as === 'visitor' ? agents[frame.n % AGENTS] : visitors[frame.n] });
    if (!running) setImmediate(flush);
  });
});
server.on('listening', () => {
  const address = server.address();
  process.stdout.write(`${JSON.stringify({ url: `ws://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, pid: process.pid })}\n`);
});
process.on('SIGTERM', () => process.exit(0));
