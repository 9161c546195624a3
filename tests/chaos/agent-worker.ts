import 'fake-indexeddb/auto';
import type { DBCore, DBCoreTable } from 'dexie';
import { WebSocket } from 'ws';
import { uuid } from '#lib/base/uuid.ts';
import { openDatabase, type Database } from '#lib/db/schema.ts';
import type { OpenSocket } from '#lib/sync/connection.ts';
import { createEngine } from '#lib/sync/engine.ts';
import { lineOf, type Observation } from './history.ts';
import type { Random } from './random.ts';
import type { Tap } from './record.ts';
import { createMemorySpare } from '../support/memory-spare.ts';
import { EXTENSION } from '../support/socket-client.ts';

export type Engine = ReturnType<typeof createEngine>;
/** One life of a worker, from its start to its death. */
export interface Life {
  engine: Engine; db: Database;
  /** Resolves when this life is over; whoever waits for an answer of it must ask the next one. */
  over: Promise<void>; isOver(): boolean;
}
/** An agent's browser: its database outlives its workers. */
export interface AgentWorker {
  readonly name: string; readonly memberId: string;
  life(): Life;
  isOnline(): boolean;
  /** The worker stops after so many more steps of its database, or at once when it takes none; a new one starts. */
  die(awaits: number): Promise<void>;
  close(): Promise<void>;
  /** @param of the conversations whose messages count */
  observation(of: readonly string[]): Promise<Observation>;
}

interface WorkerParts { name: string; memberId: string; url: string; token: string; tap: Tap; random: Random; onLink?: (isOnline: boolean) => void; onFault: (error: unknown) => void }

/** A worker that takes no step for this long stands still anyway, ms. */
const STILL_MS = 60;

/** Dies at a step of the database: what is under way there is rolled back, and nothing goes on after it. */
function createDeath() {
  const over = Promise.withResolvers<void>();
  let left: number | null = null;
  let isOver = false;
  const now = (): void => { isOver = true; over.resolve(); };
  const step = <T>(act: () => Promise<T>): Promise<T> => {
    if (left !== null && --left < 0) now();
    return isOver ? Promise.reject(new Error('The worker is dead')) : act();
  };
  const table = (one: DBCoreTable): DBCoreTable => ({ ...one, mutate: (it) => step(() => one.mutate(it)), get: (it) => step(() => one.get(it)), getMany: (it) => step(() => one.getMany(it)), query: (it) => step(() => one.query(it)) });
  return {
    over: over.promise, isOver: () => isOver, now, after: (awaits: number): void => { left = awaits; },
    watch: (db: Database): void => { db.use({ stack: 'dbcore', name: 'death', create: (core: DBCore) => ({ ...core, table: (name) => table(core.table(name)) }) }); },
  };
}

export function startWorker(parts: WorkerParts): AgentWorker {
  const { name, memberId, url, tap, random, onLink, onFault } = parts;
  const database = `chaos ${name} ${uuid()}`;
  const spare = createMemorySpare();
  let { token } = parts;
  const start = () => {
    const death = createDeath();
    const db = openDatabase(database);
    death.watch(db);
    const sockets = new Set<WebSocket>();
    const openSocket: OpenSocket = (to, events) => {
      const socket = new WebSocket(to, { origin: EXTENSION });
      sockets.add(socket);
      socket.on('error', () => undefined); // `close` follows
      const living = (act: () => void): void => { if (!death.isOver()) act(); };
      socket.on('open', () => living(() => events.open()));
      socket.on('message', (data) => living(() => { tap.down(String(data)); events.message(String(data)); }));
      socket.on('close', (code) => { sockets.delete(socket); living(() => events.close(code)); });
      return { close: () => socket.close(), send: (text) => living(() => { if (socket.readyState === socket.OPEN) { tap.up(text); socket.send(text); } }) };
    };
    const engine = createEngine({
      db, spare, build: 'chaos', openSocket, now: Date.now, random: random.next, workerId: uuid(), keepAwake: () => undefined,
      credentials: async () => (death.isOver() ? null : { address: url, token }), rotate: async (fresh) => { token = fresh; },
      onChange: async () => { if (!death.isOver()) onLink?.(engine.link().name === 'online'); return { badge: '', alerted: [] }; },
      onOutbox: () => undefined, onStorage: () => undefined, onFault: (error) => { if (!death.isOver()) onFault(error); },
    });
    void death.over.then(() => {
      for (const one of sockets) one.terminate();
      engine.close();
      db.close();
    });
    void engine.connect().catch((error: unknown) => { if (!death.isOver()) onFault(error); });
    return { engine, db, death, over: death.over, isOver: death.isOver };
  };
  let life = start();
  const end = async (awaits: number): Promise<void> => {
    const { death } = life;
    death.after(awaits);
    const timer = setTimeout(death.now, STILL_MS);
    await death.over;
    clearTimeout(timer);
    onLink?.(false);
  };
  return {
    name, memberId, life: () => life, isOnline: () => life.engine.link().name === 'online',
    async die(awaits) { await end(awaits); life = start(); },
    close: () => end(0),
    observation: (of) => observe(name, life.db, of),
  };
}

async function observe(observer: string, db: Database, of: readonly string[]): Promise<Observation> {
  const lines: Observation['lines'] = new Map();
  for (const id of of) lines.set(id, (await db.message.where('[conversationId+index]').between([id, -Infinity], [id, Infinity]).toArray()).map(lineOf));
  const rows: NonNullable<Observation['rows']> = new Map();
  for (const [kind, table] of [['conversation', db.conversation], ['note', db.note], ['bot', db.bot], ['member', db.member], ['workspace', db.workspace]] as const) {
    for (const row of await table.toArray()) rows.set(`${kind} ${row.id}`, JSON.stringify(row));
  }
  return { observer, lines, rows };
}
