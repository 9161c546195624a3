import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { createRandom, type Random } from './random.ts';

/** What the way does to bytes while a toxic is on; without any it only carries. */
export interface Toxics {
  /** Each write comes this many ms later, plus up to `jitterMs`; order is kept, as TCP keeps it. */
  latencyMs: number; jitterMs: number;
  /** Swallows what goes `up` (client to server), `down`, or both: sockets stay open and nobody is told. */
  blackhole: 'up' | 'down' | 'both' | null;
  /** Bytes wait until it is over, as they do while packets are lost and sent again. */
  stall: boolean;
  /** Cuts writes into pieces of at most this many bytes; 0: as they came. */
  sliceBytes: number;
  /** 0: as fast as it goes. */
  bytesPerSecond: number;
}
export const HEALTHY: Readonly<Toxics> = { latencyMs: 0, jitterMs: 0, blackhole: null, stall: false, sliceBytes: 0, bytesPerSecond: 0 };

/** A way to a server that can be spoilt: what a client is given instead of the server's own address. */
export interface Proxy {
  url: string;
  /** Spoils present and future connections; what is not named is healthy again. */
  set(toxics: Partial<Toxics>): void;
  /** Present connections end by a reset. */
  reset(): void;
  /** Also new ones are refused, until `restore`. */
  cut(): void;
  /** Healthy again. Connections whose bytes were swallowed have a hole and never carry again: they stay mute, as half-open ones do. */
  restore(): void;
  /** Open connections. */
  count(): number;
  close(): Promise<void>;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

interface State { toxics: Toxics; random: Random; isCut: boolean; changed: PromiseWithResolvers<void>; pairs: Set<{ inside: Socket; outside: Socket }> }

/** One direction. Chunks go one after the other, so that delays never reorder; backpressure reaches the writer. */
function carry(state: State, way: 'up' | 'down', from: Socket, to: Socket): void {
  let line: Promise<void> = Promise.resolve();
  let isMute = false;
  let waiting = 0;
  const pass = async (chunk: Buffer): Promise<void> => {
    while (state.toxics.stall) await state.changed.promise;
    const { latencyMs, jitterMs, sliceBytes, bytesPerSecond } = state.toxics;
    if (latencyMs + jitterMs > 0) await sleep(latencyMs + state.random.below(jitterMs + 1));
    const size = Math.min(sliceBytes || chunk.length, bytesPerSecond ? Math.max(1, Math.ceil(bytesPerSecond / 50)) : chunk.length);
    for (let at = 0; at < chunk.length && !to.destroyed; at += size) {
      const piece = chunk.subarray(at, at + size);
      to.write(piece);
      if (bytesPerSecond) await sleep((piece.length / bytesPerSecond) * 1_000);
      else if (size < chunk.length) await new Promise((resolve) => { setImmediate(resolve); });
    }
  };
  from.on('data', (chunk: Buffer) => {
    isMute ||= state.toxics.blackhole === way || state.toxics.blackhole === 'both';
    if (isMute) return;
    if (++waiting > 16) from.pause();
    line = line.then(() => pass(chunk)).then(() => { if (--waiting <= 16) from.resume(); });
  });
  // Nobody hears of the end of a connection whose packets are lost.
  from.on('end', () => { if (!isMute && !state.toxics.blackhole) line = line.then(() => { to.end(); }); });
}

function join(state: State, inside: Socket, target: () => string): void {
  if (state.isCut) return void inside.resetAndDestroy();
  const { hostname, port } = new URL(target());
  const outside = connect(Number(port), hostname);
  const pair = { inside, outside };
  state.pairs.add(pair);
  for (const [socket, other] of [[inside, outside], [outside, inside]] as const) {
    socket.setNoDelay(true);
    // A reset on one side is a reset on the other; there is nobody to tell.
    socket.on('error', () => { if (!state.toxics.blackhole) other.resetAndDestroy(); });
    socket.on('close', () => {
      if (!inside.destroyed || !outside.destroyed) { if (!state.toxics.blackhole) other.destroySoon(); return; }
      state.pairs.delete(pair);
    });
  }
  carry(state, 'up', inside, outside);
  carry(state, 'down', outside, inside);
}

/** @param target the server's address, e.g. http://127.0.0.1:8787; a function is asked at each connection, as a balancer is */
export async function createProxy(target: string | (() => string), seed: number | string = 0): Promise<Proxy> {
  const state: State = { toxics: { ...HEALTHY }, random: createRandom(seed), isCut: false, changed: Promise.withResolvers(), pairs: new Set() };
  const server = createServer({ allowHalfOpen: true }, (inside) => { join(state, inside, typeof target === 'function' ? target : () => target); });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const change = (toxics: Toxics): void => {
    state.toxics = toxics;
    state.changed.resolve();
    state.changed = Promise.withResolvers();
  };
  const reset = (): void => { for (const { inside, outside } of state.pairs) { inside.resetAndDestroy(); outside.resetAndDestroy(); } };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, reset,
    set(toxics) { change({ ...HEALTHY, ...toxics }); },
    cut() { state.isCut = true; reset(); },
    restore() { state.isCut = false; change({ ...HEALTHY }); },
    count: () => state.pairs.size,
    async close() {
      reset();
      server.close();
      await once(server, 'close');
    },
  };
}
