import { WebSocketServer, type WebSocket } from 'ws';
import { openFloorStore } from './floor-store.ts';

/**
 * The bare floor: a `ws` relay that commits each message durably in SQLite's worker thread or in PostgreSQL (whatever queued while the last
 * commit ran), then acknowledges it to its sender and passes it on. No parsing beyond JSON, no rules, no roles.
 */
interface Frame { as?: 'visitor' | 'agent'; n: number; id: string; text: string }
interface Job { frame: Frame; from: WebSocket; to: WebSocket | undefined }

const AGENTS = 20;
const visitors: WebSocket[] = [];
const agents: WebSocket[] = [];
let queue: Job[] = [];
let running: Job[] | null = null;

function flush(): void {
  if (running || queue.length === 0) return;
  running = queue;
  queue = [];
  commit(running.map(({ frame }) => ({ id: frame.id, conversation: frame.n, text: frame.text })));
}

const commit = await openFloorStore(process.env.FLOOR_DATABASE_URL, () => {
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
