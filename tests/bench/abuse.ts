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

/** Three bytes a sign. The system itself keeps up to 36 MB for a socket that nobody reads (4 to send, 32 received): notes must be more. */
const NOTE = '€'.repeat(3_900);
/** Each may write 200 a second, and reads all that the others write. */
const WRITERS = 2;
/** Notes before anybody stands still: what the companion needs for as many in a second is no growth under abuse. */
const WARM_UP = 1_000;
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
    await Promise.all(writers.map((one) => writeNotes(one, WARM_UP / WRITERS)));
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
    const dropped = await slowOnes(url, slowReaders);
    for (const { socket } of [...readers, watcher!]) socket.terminate();
    const taken = bad.reduce((sum, { frames }) => sum + frames.filter(({ type }) => type === 'ack').length, 0);
    return { grownMb: most - before, others, dropped, floodTaken: taken, floodSent: bad.length * framesEach, muteLeft: silent.filter(({ socket }) => socket.readyState === socket.OPEN).length };
  } finally {
    await proxy.close();
    await stop();
  }
}

/** Who behaves is never let go of: a socket that closes meanwhile is a finding. */
async function until({ socket }: Wire, come: () => boolean): Promise<void> {
  while (!come()) {
    if (socket.readyState !== socket.OPEN) throw new Error('The companion closed the socket of somebody who behaves');
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
}

/** Whom the companion has counted as slow: asked before they read again, for as long as its patience lasts. */
async function slowOnes(url: string, expected: number): Promise<number> {
  for (const until = performance.now() + 5_000; ;) {
    const count = Number(/baton_refused_total\{code="slow"\} (\d+)/.exec(await (await fetch(`${url}/metrics`)).text())?.[1] ?? 0);
    if (count >= expected || performance.now() > until) return count;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

/** One line of a visitor who behaves: half a second between them, as no limit asks for more. */
async function answered(wire: Wire): Promise<number> {
  const id = uuid();
  const sent = performance.now();
  wire.socket.send(JSON.stringify({ type: 'message', id, text: 'Is anybody there?' }));
  await until(wire, () => wire.frames.some((frame) => frame.id === id));
  const took = performance.now() - sent;
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  return took;
}

/** Notes travel whole to every agent: what fills the way to those who do not read. */
async function writeNotes(wire: Wire, count: number): Promise<void> {
  const { socket, frames } = wire;
  const conversationId = await new Promise<string>((resolve) => {
    const look = (data: Buffer): void => {
      const frame = JSON.parse(data.toString()) as { type: string; rows?: { kind: string; row: { id: string } }[] };
      const row = frame.type === 'feed' ? frame.rows?.find(({ kind }) => kind === 'conversation') : undefined;
      if (!row) return;
      socket.off('message', look);
      resolve(row.row.id);
    };
    socket.on('message', look);
    socket.send(JSON.stringify({ type: 'sync', after: 0 }));
  });
  for (let done = 0; done < count;) {
    const ids = Array.from({ length: Math.min(50, count - done) }, () => uuid());
    for (const id of ids) socket.send(JSON.stringify({ type: 'command', id, command: { type: 'note.add', conversationId, text: NOTE } }));
    await until(wire, () => ids.every((id) => frames.some((frame) => frame.id === id)));
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
  const calm = await runAbuse({ slowReaders: 0, notes: 6_000, floods: 0, framesEach: 0, mute: 0 });
  const { grownMb, others, dropped, floodTaken, floodSent, muteLeft } = await runAbuse({ slowReaders: 20, notes: 6_000, floods: 20, framesEach: 3_000, mute: 2_000 });
  return [
    atMost('memory under abuse (20 readers that stand still, 20 floods, 2,000 mute sockets), more than under the same notes without', grownMb - calm.grownMb, 'MB', 50),
    atMost('of 20 readers that stand still, those not let go of', 20 - dropped, 'readers', 0),
    atMost('a visitor’s answer under abuse, p50, beside the same without', percentile(others, 50) / percentile(calm.others, 50), 'x', 2),
    atMost('share of a flood that reached the store', floodTaken / floodSent, 'x', 0.05),
    atMost('mute sockets left after 8 s', muteLeft, 'sockets', 0),
  ];
}
