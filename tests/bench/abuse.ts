import { WebSocket } from 'ws';
import { uuid } from '#lib/base/uuid.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { createProxy } from '../chaos/proxy.ts';
import { startChild } from './child.ts';
import { BENCH_ORIGIN, prepareData, type BenchVisitor } from './companion-data.ts';
import { atMost, percentile, type Figure } from './figure.ts';
import { residentMb } from './process-cost.ts';

export interface AbuseScale { slowReaders: number; notes: number; floods: number; framesEach: number; mute: number }
export interface AbuseOutcome {
  /** More than before, at its highest, MB. */
  grownMb: number;
  /** What a visitor who behaves waited for each answer meanwhile, ms. */
  others: number[];
  /** How many readers that stood still were dropped. */
  dropped: number;
  /** Messages of the flood that were committed, of all that were sent. */
  floodTaken: number; floodSent: number;
  /** Sockets without a hello that were still open after their time. */
  muteLeft: number;
}

const NOTE = 'n'.repeat(3_900);
/** Each may write 200 a second; together they fill what the system itself keeps for a stalled socket, about 10 MB. */
const WRITERS = 4;
interface Wire { socket: WebSocket; closed: Promise<number>; frames: { type: string; id?: string; refusal?: { code: string } }[] }

function open(url: string, origin: string, hello: object | null): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { origin, perMessageDeflate: false });
    const frames: Wire['frames'] = [];
    const closed = new Promise<number>((done) => socket.on('close', done));
    const wire = { socket, closed, frames };
    socket.on('error', reject);
    socket.on('open', () => { if (hello) socket.send(JSON.stringify(hello)); else resolve(wire); });
    socket.on('message', (data: Buffer) => {
      if (data.length > 20_000) return; // feeds; only small frames are of interest
      const frame = JSON.parse(data.toString()) as Wire['frames'][number];
      frames.push(frame);
      if (frame.type === 'welcome') resolve(wire);
    });
  });
}

/** Runs every abuse at once against a companion as it ships, limits on, while one visitor goes on talking. */
export async function runAbuse({ slowReaders, notes, floods, framesEach, mute }: AbuseScale): Promise<AbuseOutcome> {
  const data = await prepareData(slowReaders + WRITERS, floods + 2);
  const { hello, child, stop } = await startChild('lib/companion/main.ts', ['--json'], { DATA_DIR: data.dir, PORT: '0', LOG_LEVEL: 'error' });
  const url = String(hello['url']);
  const proxy = await createProxy(url);
  const ws = (base: string, door: 'agent' | 'visitor'): string => `${base.replace(/^http/, 'ws')}/socket/${door}`;
  const asAgent = (token: string): object => ({ type: 'hello', version: PROTOCOL_VERSION, token, cursor: null, workerId: 'abuse' });
  const asVisitor = (visitor: BenchVisitor): object => ({ type: 'hello', version: PROTOCOL_VERSION, botId: data.botId, visitor, after: 0, channel: 'widget', page: null, language: null });
  const pid = child.pid ?? 0;
  try {
    const readers = await Promise.all(data.agentTokens.slice(WRITERS).map((token) => open(ws(proxy.url, 'agent'), BENCH_ORIGIN, asAgent(token))));
    const writers = await Promise.all(data.agentTokens.slice(0, WRITERS).map((token) => open(ws(url, 'agent'), BENCH_ORIGIN, asAgent(token))));
    const [good, watcher, ...bad] = await Promise.all(data.visitors.map((visitor) => open(ws(url, 'visitor'), 'http://bench.example', asVisitor(visitor))));
    const silent = await Promise.all(Array.from({ length: mute }, () => open(ws(url, 'agent'), BENCH_ORIGIN, null)));
    const before = residentMb(pid);
    let most = before;
    const gauge = setInterval(() => { most = Math.max(most, residentMb(pid)); }, 50);
    proxy.set({ stall: true });
    const others: number[] = [];
    let isOver = false;
    const talking = (async () => { while (!isOver) others.push(await answered(good!)); })();
    await Promise.all([...writers.map((one) => writeNotes(one, notes / WRITERS)), ...bad.map((one) => flood(one, framesEach))]);
    await Promise.all([...silent.map(({ closed }) => Promise.race([closed, new Promise((resolve) => { setTimeout(resolve, 8_000); })]))]);
    isOver = true;
    await talking;
    clearInterval(gauge);
    proxy.restore();
    await Promise.all(readers.map(({ closed }) => closed));
    const dropped = Number(/baton_refused_total\{code="slow"\} (\d+)/.exec(await (await fetch(`${url}/metrics`)).text())?.[1] ?? 0);
    watcher!.socket.terminate();
    const taken = bad.reduce((sum, { frames }) => sum + frames.filter(({ type }) => type === 'ack').length, 0);
    return { grownMb: most - before, others, dropped, floodTaken: taken, floodSent: bad.length * framesEach, muteLeft: silent.filter(({ socket }) => socket.readyState === socket.OPEN).length };
  } finally {
    await proxy.close();
    await stop();
  }
}

/** One line of a visitor who behaves: half a second between them, as no limit asks for more. */
async function answered(wire: Wire): Promise<number> {
  const id = uuid();
  const sent = performance.now();
  wire.socket.send(JSON.stringify({ type: 'message', id, text: 'Is anybody there?' }));
  while (!wire.frames.some((frame) => frame.id === id)) await new Promise((resolve) => { setTimeout(resolve, 2); });
  const took = performance.now() - sent;
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  return took;
}

/** Notes travel whole to every agent: what fills the way to those who do not read. */
async function writeNotes({ socket, frames }: Wire, count: number): Promise<void> {
  const conversationId = await new Promise<string>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as { type: string; rows?: { kind: string; row: { id: string } }[] };
      const row = frame.type === 'feed' ? frame.rows?.find(({ kind }) => kind === 'conversation') : undefined;
      if (row) resolve(row.row.id);
    });
    socket.send(JSON.stringify({ type: 'sync', after: 0 }));
  });
  for (let done = 0; done < count;) {
    const ids = Array.from({ length: Math.min(50, count - done) }, () => uuid());
    for (const id of ids) socket.send(JSON.stringify({ type: 'command', id, command: { type: 'note.add', conversationId, text: NOTE } }));
    while (!ids.every((id) => frames.some((frame) => frame.id === id))) await new Promise((resolve) => { setTimeout(resolve, 10); });
    const acked = new Set(frames.filter(({ type }) => type === 'ack').map(({ id }) => id));
    done += ids.filter((id) => acked.has(id)).length;
    frames.length = 0;
  }
}

/** As fast as a program can, a thousand frames a second. */
async function flood({ socket }: Wire, count: number): Promise<void> {
  for (let sent = 0; sent < count && socket.readyState === socket.OPEN; sent += 50) {
    for (let i = 0; i < 50; i++) socket.send(JSON.stringify({ type: 'message', id: uuid(), text: 'flood' }));
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

export async function abuseFigures(): Promise<Figure[]> {
  const { grownMb, others, floodTaken, floodSent, muteLeft } = await runAbuse({ slowReaders: 20, notes: 6_000, floods: 20, framesEach: 3_000, mute: 2_000 });
  return [
    atMost('memory under abuse: 20 readers that stand still, 20 floods, 2,000 mute sockets', grownMb, 'MB', 50),
    atMost('a visitor’s answer under abuse, p99', percentile(others, 99), 'ms', 250),
    atMost('share of a flood that reached the store', floodTaken / floodSent, 'x', 0.05),
    atMost('mute sockets left after 8 s', muteLeft, 'sockets', 0),
  ];
}
