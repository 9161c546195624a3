import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { Core } from '#lib/companion/core.ts';
import { createLeases, LEASE_MS } from '#lib/companion/socket/leases.ts';
import { createPeer } from '#lib/companion/socket/peer.ts';
import { createUnderWay } from '#lib/companion/socket/under-way.ts';
import { MemberId } from '#lib/protocol/ids.ts';
import { createConnection } from '#lib/sync/connection.ts';
import { createLink } from '#lib/widget/link.ts';

/** The bar: half-open is found within this, ms. */
const FOUND_MS = 30_000;
/** Where in the rhythm of pings the way goes dead. */
const MOMENTS = Array.from({ length: 41 }, (_, at) => 60_000 + at * 500);

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

/** A way that answers pings until it is dead, or holds answers back for a while. */
interface Way { answer(reply: () => void): void; die(): void; stall(ms: number): void }
function createWay(): Way {
  let isDead = false;
  let until = 0;
  return {
    answer: (reply) => { if (!isDead) setTimeout(() => { if (!isDead) reply(); }, Math.max(1, until - Date.now())); },
    die: () => { isDead = true; }, stall: (ms) => { until = Date.now() + ms; },
  };
}

interface Client { way: Way; lost: () => number; close(): void }
function agentClient(): Client {
  const way = createWay();
  let lost = 0;
  const connection = createConnection({
    now: Date.now, random: () => 0.5, keepAwake: () => undefined, heldSeq: () => 0, hello: async () => ({ url: 'ws://demo', frame: { type: 'ping', seq: 0 } }),
    onText: (text) => { if (text === 'welcome') connection.welcomed(); else connection.ponged(); }, onLink: ({ name }) => { if (name === 'waiting') lost += 1; },
    openSocket: (_, events) => {
      let isGreeted = false;
      way.answer(() => events.open());
      return { close: () => undefined, send: () => { way.answer(() => { events.message(isGreeted ? 'pong' : 'welcome'); isGreeted = true; }); } };
    },
  });
  void connection.connect();
  return { way, lost: () => lost, close: connection.close };
}
function visitorClient(): Client {
  const way = createWay();
  let lost = 0;
  class Socket {
    readyState = 1; onopen: (() => void) | null = null; onmessage: ((event: { data: string }) => void) | null = null; onclose: (() => void) | null = null;
    constructor() { way.answer(() => this.onopen?.()); }
    send(): void { way.answer(() => this.onmessage?.({ data: '{"type":"pong","messageSeq":0,"serverTime":0}' })); }
    close(): void { this.readyState = 3; }
  }
  const link = createLink('ws://demo', { opened: () => { link.send({ type: 'ping' }); }, frame: () => undefined, closed: () => { lost += 1; }, isWaiting: () => true }, Socket as unknown as typeof WebSocket);
  return { way, lost: () => lost, close: link.close };
}
/** The companion's side: `way` brings pings every 20 s. */
function companion(): Client & { leases: ReturnType<typeof createLeases>; goneAt: () => number } {
  const way = createWay();
  let [lost, goneAt] = [0, 0];
  const leases = createLeases(() => { if (leases.connected().length === 0) goneAt = Date.now(); });
  const sam = MemberId.parse('sam');
  const metric = { inc: () => undefined, dec: () => undefined };
  const core = { config: { rateLimits: false }, metrics: { connections: metric, frames: metric, refused: metric }, log: { debug: () => undefined } } as unknown as Core;
  const socket = Object.assign(new EventEmitter(), { OPEN: 1, readyState: 1, bufferedAmount: 0, send: () => undefined, close: () => undefined, terminate: () => { lost += 1; clearInterval(pings); socket.emit('close'); } });
  const caller = { address: '', origin: '', host: '', stream: { cork: () => undefined, uncork: () => undefined } } as unknown as Parameters<typeof createPeer>[0]['caller'];
  createPeer({ core, kind: 'agent', socket: socket as never, caller, schema: z.object({ type: z.string() }), underWay: createUnderWay() }, { frame: () => undefined, closed: (aliveAt) => leases.drop(sam, aliveAt) });
  leases.take(sam);
  const say = (type: string): void => way.answer(() => { if (lost === 0) socket.emit('message', JSON.stringify({ type }), false); });
  say('hello');
  const pings = setInterval(() => say('ping'), 20_000);
  return { way, leases, lost: () => lost, goneAt: () => goneAt, close: () => { clearInterval(pings); socket.emit('close'); leases.close(); } };
}
const SIDES = [['the agent’s worker', agentClient], ['the visitor’s window', visitorClient], ['the companion', companion]] as const;

test.each(SIDES)('%s finds a half-open connection within 30 s, whenever it went dead', async (_, start) => {
  for (const moment of MOMENTS) {
    const client = start();
    await vi.advanceTimersByTimeAsync(moment);
    expect(client.lost()).toBe(0);
    client.way.die();
    await vi.advanceTimersByTimeAsync(FOUND_MS);
    expect(client.lost(), `dead after ${moment} ms`).toBeGreaterThanOrEqual(1);
    client.close();
  }
});

test.each(SIDES)('a stall of 5 s kills nothing that %s holds, whenever it comes', async (_, start) => {
  for (const moment of MOMENTS) {
    const client = start();
    await vi.advanceTimersByTimeAsync(moment);
    client.way.stall(5_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.lost(), `stalled after ${moment} ms`).toBe(0);
    client.close();
  }
});

test('visitors are told "available" for a lease after the last word of an agent who vanished, however late that was found', async () => {
  for (const moment of MOMENTS) {
    const { way, leases, lost, goneAt, close } = companion();
    await vi.advanceTimersByTimeAsync(moment);
    const vanishedAt = Date.now();
    way.die();
    await vi.advanceTimersByTimeAsync(200_000);
    expect([lost(), leases.connected()]).toEqual([1, []]);
    expect(goneAt() - vanishedAt).toBeLessThanOrEqual(LEASE_MS);
    expect(goneAt() - vanishedAt).toBeGreaterThan(LEASE_MS - 20_100);
    close();
  }
});
