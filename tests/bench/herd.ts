import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { reconnectAfter, type Comer } from '#lib/base/reconnect.ts';
import { uuid } from '#lib/base/uuid.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { freePort } from '#lib/start/free-port.ts';
import { startChild } from './child.ts';
import { BENCH_ORIGIN, prepareData, type BenchData } from './companion-data.ts';
import { atMost, percentile, type Figure } from './figure.ts';
import { residentMb } from './process-cost.ts';

/** What became of a crowd after its companion was killed; times in ms from the moment the next one listened. */
export interface Herd { back: Record<Comer, number>; stallMs: number; residentMb: number; newcomers: number[] }
interface Crowd { agent: number; waiting: number; idle: number }

const AT_ONCE = 100;
/** As every client does; who is silent for 30 s is let go of. */
const PING_MS = 20_000;
/** A client that is not back by then counts as lost. */
const WITHIN_MS = 60_000;

/** One client by the policy of the real ones: it dials until it is welcomed, again after each close. */
class Client {
  readonly #way: { url: string; origin: string; hello: object };
  readonly comer: Comer;
  #socket: WebSocket | null = null;
  #attempt = 0;
  #ended = false;
  welcomed: () => void = () => undefined;
  constructor(comer: Comer, way: { url: string; origin: string; hello: object }) { this.comer = comer; this.#way = way; }
  dial(): void {
    const socket = new WebSocket(this.#way.url, { perMessageDeflate: false, origin: this.#way.origin });
    this.#socket = socket;
    socket.on('error', () => undefined); // `close` follows
    let pings: NodeJS.Timeout | undefined;
    socket.on('open', () => {
      socket.send(JSON.stringify(this.#way.hello));
      pings = setInterval(() => socket.send('{"type":"ping"}'), PING_MS);
    });
    socket.on('close', () => clearInterval(pings));
    // An agent is caught up with its first feed, a visitor with its welcome.
    const caughtUp = this.comer === 'agent' ? '{"type":"feed"' : '{"type":"welcome"';
    socket.on('message', (raw: Buffer) => {
      if (raw.toString('latin1', 0, caughtUp.length) !== caughtUp) return;
      this.#attempt = 0;
      this.welcomed();
    });
    socket.on('close', () => { if (!this.#ended) setTimeout(() => { if (!this.#ended) this.dial(); }, reconnectAfter(this.comer, this.#attempt++, Math.random())); });
  }
  end(): void { this.#ended = true; this.#socket?.terminate(); }
}

function crowdOf(base: string, data: BenchData, crowd: Crowd): Client[] {
  const visitor = (comer: Comer, person: object): Client => new Client(comer, { url: `${base}/socket/visitor`, origin: 'http://bench.example',
    hello: { type: 'hello', version: PROTOCOL_VERSION, botId: data.botId, visitor: person, after: 0, channel: 'widget', page: null, language: null } });
  return [
    ...data.agentTokens.map((token) => new Client('agent', { url: `${base}/socket/agent`, origin: BENCH_ORIGIN, hello: { type: 'hello', version: PROTOCOL_VERSION, token, cursor: null, workerId: uuid() } })),
    ...data.visitors.map((person) => visitor('waiting', person)),
    ...Array.from({ length: crowd.idle }, () => visitor('idle', newPerson())),
  ];
}
const newPerson = (): { id: string; secret: string } => ({ id: uuid(), secret: randomBytes(32).toString('base64url') });

/** Resolves when each of them was welcomed once. @throws when somebody is missing after a minute */
function allWelcomed(clients: Client[], each: (client: Client) => void = () => undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const missing = new Set(clients);
    const timer = setTimeout(() => reject(new Error(`${missing.size} of ${clients.length} clients were not back within ${WITHIN_MS} ms`)), WITHIN_MS);
    for (const client of clients) client.welcomed = () => {
      if (!missing.delete(client)) return;
      each(client);
      if (missing.size > 0) return;
      clearTimeout(timer);
      resolve();
    };
    if (missing.size === 0) { clearTimeout(timer); resolve(); }
  });
}

/** Ms from the first byte to the welcome of somebody who opens the page just now. */
function newcomer(base: string, data: BenchData): Promise<number> {
  const began = performance.now();
  return new Promise((resolve) => {
    const [client] = crowdOf(base, { ...data, agentTokens: [], visitors: [] }, { agent: 0, waiting: 0, idle: 1 });
    client!.welcomed = () => { client!.end(); resolve(performance.now() - began); };
    client!.dial();
  });
}

async function longestStallMs(http: string): Promise<number> {
  const text = await (await fetch(`${http}/metrics`)).text();
  const seconds = Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1]);
  if (Number.isNaN(seconds)) throw new Error('The companion does not say how long its event loop stood still');
  return seconds * 1000;
}

/** Everybody connects, the companion is killed and started again on its port, and everybody comes back by the policy. */
export async function runHerd(crowd: Crowd): Promise<Herd> {
  const data = await prepareData(crowd.agent, crowd.waiting);
  const port = await freePort(0);
  const start = (): ReturnType<typeof startChild> => startChild('lib/companion/main.ts', ['--json'], { DATA_DIR: data.dir, PORT: String(port), LOG_LEVEL: 'warn', RATE_LIMITS: 'off' });
  const first = await start();
  const http = `http://127.0.0.1:${port}`;
  const base = http.replace('http', 'ws');
  const clients = crowdOf(base, data, crowd);
  for (let at = 0; at < clients.length; at += AT_ONCE) {
    const some = clients.slice(at, at + AT_ONCE);
    const here = allWelcomed(some);
    for (const client of some) client.dial();
    await here;
  }
  const back: Herd['back'] = { agent: 0, waiting: 0, idle: 0 };
  let listening = 0;
  const gone = once(first.child, 'exit');
  const returned = allWelcomed(clients, ({ comer }) => { back[comer] = performance.now(); });
  first.child.kill('SIGKILL');
  await gone;
  const second = await start();
  listening = performance.now();
  await longestStallMs(http); // the start itself does not count
  const newcomers: Promise<number>[] = [];
  const opening = setInterval(() => newcomers.push(newcomer(base, data)), 100);
  try {
    await returned;
    clearInterval(opening);
    const since = (comer: Comer): number => Math.max(0, back[comer] - listening);
    return { back: { agent: since('agent'), waiting: since('waiting'), idle: since('idle') }, stallMs: await longestStallMs(http), residentMb: residentMb(second.child.pid ?? 0), newcomers: await Promise.all(newcomers) };
  } finally {
    clearInterval(opening);
    for (const client of clients) client.end();
    await second.stop();
  }
}

/** 10,000 clients on the machine that also runs the companion. */
export async function herdFigures(): Promise<Figure[]> {
  const crowd = { agent: 20, waiting: 1_000, idle: 8_980 };
  const herd = await runHerd(crowd);
  const name = (what: string): string => `10,000 clients after a SIGKILL: ${what}`;
  return [
    atMost(name('agents caught up'), herd.back.agent, 'ms', 2_000), atMost(name('waiting visitors back'), herd.back.waiting, 'ms', 4_000),
    atMost(name('all back'), Math.max(...Object.values(herd.back)), 'ms', 12_000), atMost(name('longest stall of the event loop'), herd.stallMs, 'ms', 100),
    atMost(name('companion memory'), herd.residentMb, 'MB', 400), atMost(name('new visitors greeted meanwhile, p99'), percentile(herd.newcomers, 99), 'ms', 1_000),
  ];
}
