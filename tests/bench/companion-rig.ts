import { join } from 'node:path';
import { WebSocket } from 'ws';
import { uuid } from '#lib/base/uuid.ts';
import { CommandId } from '#lib/protocol/ids.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { startChild } from './child.ts';
import { BENCH_ORIGIN, prepareData, type BenchData } from './companion-data.ts';
import { AGENTS, TEXT, VISITORS, createSignal, type Rig } from './rig.ts';

interface Frame { type: string; id?: string; messages?: { id: string }[]; rows?: { kind: string; row: { id: string; visitor?: { id: string } } }[] }

/** Opens a socket, says hello and hands over each frame; resolves at `welcome`. Feed frames are parsed only when asked for. */
function open(url: string, origin: string, hello: object, onFrame: (frame: Frame) => void, withFeed: () => boolean): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false, origin });
    socket.on('error', reject);
    socket.on('close', (code, why) => reject(new Error(`closed ${code} ${String(why)}`)));
    socket.on('open', () => socket.send(JSON.stringify(hello)));
    socket.on('message', (raw: Buffer) => {
      if (!withFeed() && raw.toString('latin1', 0, 14) === '{"type":"feed"') return;
      const frame = JSON.parse(String(raw)) as Frame;
      if (frame.type === 'nack' || frame.type === 'error') throw new Error(`The companion refused: ${String(raw)}`);
      onFrame(frame);
      if (frame.type === 'welcome') resolve(socket);
    });
  });
}

/** Several companions on one PostgreSQL. */
export interface Cluster { databaseUrl: string; natsUrl?: string | undefined; nodes: number }

/**
 * The companion as it ships, in a process of its own, with its rate limits lifted for the load. In a cluster visitors and
 * their agents are on different nodes wherever there are two.
 */
export async function createCompanionRig(cluster?: Cluster): Promise<Rig> {
  const data = await prepareData(AGENTS, VISITORS, cluster?.databaseUrl);
  const env = { PORT: '0', LOG_LEVEL: 'warn', RATE_LIMITS: 'off', DATABASE_URL: cluster?.databaseUrl ?? '', NATS_URL: cluster?.natsUrl ?? '' };
  const nodes = await Promise.all(Array.from({ length: cluster?.nodes ?? 1 }, (_, n) => startChild('lib/companion/main.ts', ['--json'], { ...env, DATA_DIR: n === 0 ? data.dir : join(data.dir, String(n)) })));
  const urls = nodes.map(({ hello }) => String(hello['url']).replace(/^http/, 'ws'));
  const urlOf = (n: number): string => urls[n % urls.length]!;
  const ack = createSignal();
  const toAgent = createSignal();
  const toVisitor = createSignal();
  const conversations = new Map<string, string>();
  let learning = true;
  const agents = await Promise.all(data.agentTokens.map((token, n) => open(`${urlOf(n + 1)}/socket/agent`, BENCH_ORIGIN,
    { type: 'hello', version: PROTOCOL_VERSION, token, cursor: null, workerId: uuid() }, (frame) => {
      if (frame.type === 'messages') for (const message of frame.messages ?? []) toAgent.emit(message.id);
      if (frame.type === 'feed') for (const { kind, row } of frame.rows ?? []) if (kind === 'conversation' && row.visitor) conversations.set(row.visitor.id, row.id);
    }, () => learning)));
  const visitors = await openVisitors(data, urlOf, (frame) => {
    if (frame.type === 'ack' && frame.id) ack.emit(frame.id);
    if (frame.type === 'messages') for (const message of frame.messages ?? []) toVisitor.emit(message.id);
  });
  const deadline = performance.now() + 10_000;
  while (conversations.size < VISITORS && performance.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
  learning = false;
  const at = data.visitors.map((visitor) => conversations.get(visitor.id) ?? '');
  at.forEach((conversationId, n) => agents[n % AGENTS]?.send(JSON.stringify({ type: 'watch', conversationId, after: 0 })));
  return {
    name: 'companion', pids: nodes.map(({ child }) => child.pid ?? 0), visitors: VISITORS,
    say: (n, id) => visitors[n]?.send(`{"type":"message","id":"${id}","text":"${TEXT}"}`),
    reply: (n, id) => agents[n % AGENTS]?.send(JSON.stringify({ type: 'command', id: CommandId.parse(id), command: { type: 'message.send', conversationId: at[n], text: TEXT, seen: 0 } })),
    onAck: ack.on, onAgent: toAgent.on, onVisitor: toVisitor.on,
    async close() {
      for (const socket of [...agents, ...visitors]) socket.removeAllListeners('close').terminate();
      await Promise.all(nodes.map(({ stop }) => stop()));
    },
  };
}

function openVisitors(data: BenchData, urlOf: (n: number) => string, onFrame: (frame: Frame) => void): Promise<WebSocket[]> {
  return Promise.all(data.visitors.map((visitor, n) => open(`${urlOf(n)}/socket/visitor`, 'http://bench.example',
    { type: 'hello', version: PROTOCOL_VERSION, botId: data.botId, visitor, after: 0, channel: 'widget', page: null, language: null }, onFrame, () => false)));
}
