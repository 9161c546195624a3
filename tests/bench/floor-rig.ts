import { WebSocket } from 'ws';
import { startChild } from './child.ts';
import { AGENTS, TEXT, VISITORS, createSignal, type Rig } from './rig.ts';

/** Opens one socket, says who it is and waits to be welcomed. */
function open(url: string, as: 'visitor' | 'agent', n: number, onFrame: (frame: { type: string; id: string }) => void): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    socket.on('error', reject);
    socket.on('open', () => socket.send(JSON.stringify({ as, n, id: '', text: '' })));
    socket.on('message', (raw) => {
      const frame = JSON.parse(String(raw)) as { type: string; id: string };
      if (frame.type === 'welcome') resolve(socket);
      else onFrame(frame);
    });
  });
}

/** The bare relay of floor-server.ts, in a process of its own; on PostgreSQL when there is an address. */
export async function createFloorRig(databaseUrl?: string): Promise<Rig> {
  const { hello, stop } = await startChild(new URL('./floor-server.ts', import.meta.url).pathname, [], databaseUrl ? { FLOOR_DATABASE_URL: databaseUrl } : {});
  const url = String(hello['url']);
  const ack = createSignal();
  const toAgent = createSignal();
  const toVisitor = createSignal();
  const agents = await Promise.all(Array.from({ length: AGENTS }, (_, n) => open(url, 'agent', n, (frame) => (frame.type === 'ack' ? ack : toAgent).emit(frame.id))));
  const visitors = await Promise.all(Array.from({ length: VISITORS }, (_, n) => open(url, 'visitor', n, (frame) => (frame.type === 'ack' ? ack : toVisitor).emit(frame.id))));
  const frame = (n: number, id: string): string => JSON.stringify({ type: 'message', n, id, text: TEXT });
  return {
    name: 'floor', pids: [Number(hello['pid'])], visitors: VISITORS,
    say: (n, id) => visitors[n]?.send(frame(n, id)),
    reply: (n, id) => agents[n % AGENTS]?.send(frame(n, id)),
    onAck: ack.on, onAgent: toAgent.on, onVisitor: toVisitor.on,
    async close() {
      for (const socket of [...agents, ...visitors]) socket.terminate();
      await stop();
    },
  };
}
