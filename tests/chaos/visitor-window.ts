import { WebSocket } from 'ws';
import { createClient } from '#lib/widget/client.ts';
import type { WidgetClient, WidgetModel } from '#lib/widget/model.ts';
import { createKeep } from '#lib/widget/storage.ts';
import { lineOf, type Observation } from './history.ts';
import type { Tap } from './record.ts';

/** A page with the widget's own client in it; its storage outlives the page. */
export interface VisitorWindow {
  readonly name: string; readonly visitorId: string;
  model(): WidgetModel;
  client(): WidgetClient;
  isOnline(): boolean;
  /** Nothing waits to be acknowledged. */
  isSettled(): boolean;
  /** The page is gone without a word; a new one opens on the same storage. */
  die(): void;
  /** For good. */
  close(): void;
  observation(): Observation;
}

interface WindowParts { name: string; url: string; botId: string; tap: Tap; onLink?: (isOnline: boolean) => void }

/** What `localStorage` is to the widget. */
function createStorage(): Storage {
  const items: { [key: string]: string } = {};
  return Object.assign(items, { getItem: (key: string) => items[key] ?? null, setItem: (key: string, value: string) => { items[key] = value; }, removeItem: (key: string) => { delete items[key]; } }) as unknown as Storage;
}

/** A browser's websocket of that page: says where it comes from, and dies with it. */
function createSockets(origin: string, tap: Tap): { Class: typeof globalThis.WebSocket; drop(): void } {
  const open = new Set<WebSocket>();
  class PageSocket extends WebSocket {
    constructor(url: string) {
      super(url, { origin });
      open.add(this);
      this.on('error', () => undefined); // `close` follows
      this.on('close', () => open.delete(this));
      this.on('message', (data) => { tap.down(String(data)); });
    }
    override send(data: string): void {
      tap.up(data);
      super.send(data);
    }
  }
  return {
    Class: PageSocket as unknown as typeof globalThis.WebSocket,
    drop() {
      for (const one of open) { one.removeAllListeners('message'); one.onmessage = null; one.onclose = null; one.terminate(); }
      open.clear();
    },
  };
}

export function openWindow({ name, url, botId, tap, onLink }: WindowParts): VisitorWindow {
  const storage = createStorage();
  const start = () => {
    const keep = createKeep(botId, () => storage);
    const sockets = createSockets(url, tap);
    const client = createClient({ companion: url, botId, keep, WebSocketClass: sockets.Class, language: 'en' });
    let wasOnline = false;
    client.subscribe(() => {
      const isOnline = client.get().link === 'online';
      if (isOnline !== wasOnline) onLink?.(isOnline);
      wasOnline = isOnline;
    });
    return { client, sockets, visitorId: (keep.get('visitor') ?? '').split(' ')[0]! };
  };
  let page = start();
  const end = (): void => { page.sockets.drop(); page.client.close(); onLink?.(false); };
  const model = (): WidgetModel => page.client.get();
  const outbox = (): number => Object.keys(storage).filter((key) => key.includes(':out:')).length;
  return {
    name, visitorId: page.visitorId, model, client: () => page.client,
    isOnline: () => model().link === 'online',
    isSettled: () => model().link === 'online' && model().pending.length === 0 && outbox() === 0,
    die() { end(); page = start(); },
    close: end,
    observation() {
      const lines = model().messages.map(lineOf);
      return { observer: name, rows: null, lines: new Map(model().messages[0] ? [[model().messages[0]!.conversationId, lines]] : []) };
    },
  };
}
