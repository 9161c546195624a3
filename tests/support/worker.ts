import 'fake-indexeddb/auto';
import { WebSocket } from 'ws';
import { uuid } from '#lib/base/uuid.ts';
import { openDatabase, type Database } from '#lib/db/schema.ts';
import { createEngine } from '#lib/sync/engine.ts';
import { createMemorySpare } from './memory-spare.ts';
import type { Device } from './socket-client.ts';

/** The agent's side as it ships, without a browser: the real engine on a database in memory and a real socket. */
export interface WorkerClient { db: Database; engine: ReturnType<typeof createEngine>; faults: unknown[]; /** Snapshots that cleared what was held. */ resets(): number; /** Feed and messages frames that came. */ frames(): string[]; close(): void }

export function startWorker(address: () => string, device: Device, db: Database = openDatabase(uuid())): WorkerClient {
  const faults: unknown[] = [];
  const frames: string[] = [];
  let token = device.token;
  const engine = createEngine({
    db, spare: createMemorySpare(), build: 'test', now: Date.now, random: Math.random, workerId: uuid(), keepAwake: () => undefined,
    credentials: () => Promise.resolve({ address: address(), token }), rotate: (next) => { token = next; return Promise.resolve(); },
    onChange: () => Promise.resolve({ badge: '', alerted: [] }), onOutbox: () => undefined, onStorage: () => undefined, onFault: (error) => faults.push(error),
    openSocket: (url, events) => {
      const socket = new WebSocket(url, { origin: device.origin });
      socket.on('open', () => events.open());
      socket.on('message', (data) => { frames.push(String(data)); events.message(String(data)); });
      socket.on('close', (code) => events.close(code));
      socket.on('error', () => undefined); // `close` follows
      return { send: (text) => socket.send(text), close: () => socket.close() };
    },
  });
  const resets = (): number => frames.filter((text) => text.startsWith('{"type":"feed"') && text.includes('"reset":true')).length;
  return { db, engine, faults, resets, frames: () => frames, close: () => engine.close() };
}
