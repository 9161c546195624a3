import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { createLocalBus } from '#lib/companion/bus/local.ts';
import { parseConfig } from '#lib/companion/config.ts';
import { createCore, type Core } from '#lib/companion/core.ts';
import { seedDemo } from '#lib/companion/demo/seed.ts';
import { createLog } from '#lib/companion/log.ts';
import { createMetrics } from '#lib/companion/metrics.ts';
import type { Caller } from '#lib/companion/socket/peer.ts';
import { createVisitorHub, type VisitorHub } from '#lib/companion/socket/visitor.ts';
import { openEmbeddedStore } from '#lib/companion/store/embedded.ts';
import type { Store } from '#lib/companion/store/store.ts';
import { WORKSPACE_ID } from '#lib/companion/workspace.ts';
import { createClient } from '#lib/widget/client.ts';
import type { WidgetClient } from '#lib/widget/model.ts';
import { createKeep, type Keep } from '#lib/widget/storage.ts';

let dir: string;
let store: Store;
let core: Core;
let hub: VisitorHub;
/** Called once, when the store has read messages and nobody has heard of it yet: a database that is elsewhere takes its time. */
let whileRead: (() => Promise<void>) | null = null;
const clients: WidgetClient[] = [];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'baton-welcome-'));
  const config = parseConfig({ DATA_DIR: dir, RATE_LIMITS: 'off' });
  store = await openEmbeddedStore({ dir });
  await store.ensureWorkspace({ id: WORKSPACE_ID, name: 'Demo' });
  const slow: Store = { ...store, async messages(...of) {
    const rows = await store.messages(...of);
    const act = whileRead;
    whileRead = null;
    await act?.();
    return rows;
  } };
  core = await createCore({ config, store: slow, bus: createLocalBus(), log: createLog('silent'), metrics: createMetrics() });
  await seedDemo(core);
  hub = createVisitorHub(core);
});
afterEach(async () => {
  for (const one of clients.splice(0)) one.close();
  core.close();
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The widget's own client, joined to the companion's hub without a network between. */
function open(keep: Keep): WidgetClient {
  class Joined {
    readyState = 1; onopen: (() => void) | null = null; onmessage: ((event: { data: string }) => void) | null = null; onclose: (() => void) | null = null;
    readonly other = Object.assign(new EventEmitter(), { OPEN: 1, readyState: 1, bufferedAmount: 0, close: () => this.close(), terminate: () => this.close(), send: (data: string) => queueMicrotask(() => this.onmessage?.({ data: String(data) })) });
    constructor() {
      hub.accept(this.other as unknown as WebSocket, { address: '', origin: 'http://demo', host: 'demo', stream: { cork: () => undefined, uncork: () => undefined } } as unknown as Caller);
      queueMicrotask(() => this.onopen?.());
    }
    send(data: string): void { queueMicrotask(() => this.other.emit('message', data, false)); }
    close(): void { this.readyState = 3; this.other.readyState = 3; this.other.emit('close'); }
  }
  const client = createClient({ companion: 'http://demo', botId: 'pinewood', keep, WebSocketClass: Joined as unknown as typeof globalThis.WebSocket });
  clients.push(client);
  return client;
}
const texts = (client: WidgetClient): string[] => client.get().messages.flatMap((one) => (one.kind === 'said' ? [one.text] : []));

test('what is said while a second window of the visitor is greeted is in that window too', async () => {
  const items: Record<string, string> = {};
  const storage = { getItem: (key: string) => items[key] ?? null, setItem: (key: string, value: string) => { items[key] = value; }, removeItem: (key: string) => { delete items[key]; } } as unknown as Storage;
  const first = open(createKeep('pinewood', () => storage));
  for (const text of ['one', 'two']) first.send(text);
  await expect.poll(() => texts(first)).toEqual(['one', 'two']);
  whileRead = () => new Promise((resolve) => {
    const stop = core.onCommit(() => { stop(); resolve(); });
    first.send('meanwhile');
  });
  const second = open(createKeep('pinewood', () => storage));
  await expect.poll(() => texts(second)).toEqual(['one', 'two', 'meanwhile']);
  first.send('after');
  await expect.poll(() => texts(second)).toEqual(['one', 'two', 'meanwhile', 'after']);
});
