import type { VisitorDown, VisitorUp } from '#lib/protocol/visitor.ts';
import { reconnectAfter } from '#lib/base/reconnect.ts';
import { readFrame } from './frame.ts';

const PING_MS = 20_000;
const DEADLINE_MS = 10_000;
/** A person who types makes no more attempts than one in this time. */
const HURRY_MS = 1_000;
/** No companion may send a chat away for longer. */
const PAUSE_MAX_MS = 60_000;

export interface LinkEvents {
  opened(): void; frame(frame: VisitorDown): void;
  /** Down; the next attempt is already planned. */
  closed(): void;
  /** Does the visitor wait for somebody, or talk with them? Then it comes back before those who do not. */
  isWaiting(): boolean;
}
export interface Link { send(frame: VisitorUp): boolean; /** Wait this long before the next attempt, ms. */ pause(ms: number): void; /** The person wants it now: no wait for the next attempt. */ hurry(): void; /** Frames that only a newer companion, or none, could mean. */ ignored(): number; close(): void }

/** Calls `back` when the network or the tab returns. @returns how to stop */
function whenBack(back: () => void): () => void {
  globalThis.addEventListener?.('online', back);
  globalThis.document?.addEventListener('visibilitychange', back);
  return () => {
    globalThis.removeEventListener?.('online', back);
    globalThis.document?.removeEventListener('visibilitychange', back);
  };
}

/** One websocket that comes back: app-level ping with a deadline, each wait by chance, at once when the network or the tab returns. */
export function createLink(url: string, events: LinkEvents, WebSocketClass: typeof WebSocket = WebSocket): Link {
  let socket: WebSocket | null = null;
  let attempt = 0, least = 0, ignored = 0, dialled = 0, ended = false;
  let retry: ReturnType<typeof setTimeout> | undefined, beat: ReturnType<typeof setTimeout> | undefined;
  const send = (frame: VisitorUp): boolean => {
    if (socket?.readyState === 1) { socket.send(JSON.stringify(frame)); return true; }
    return false;
  };
  const plan = (ms: number): void => { clearTimeout(retry); retry = setTimeout(connect, ms); };
  const lost = (): void => {
    if (!socket) return;
    const old = socket;
    socket = null;
    clearTimeout(beat);
    old.close();
    if (ended) return;
    plan(Math.max(least, reconnectAfter(events.isWaiting() ? 'waiting' : 'idle', attempt++, Math.random())));
    least = 0;
    events.closed();
  };
  const alive = (): void => {
    clearTimeout(beat);
    beat = setTimeout(() => {
      send({ type: 'ping' });
      beat = setTimeout(lost, DEADLINE_MS);
    }, PING_MS);
  };
  function connect(): void {
    if (ended || socket) return;
    clearTimeout(retry);
    dialled = Date.now();
    const mine = new WebSocketClass(url);
    socket = mine;
    beat = setTimeout(lost, DEADLINE_MS);
    mine.onopen = () => { if (socket === mine) { alive(); events.opened(); } };
    mine.onclose = () => { if (socket === mine) lost(); };
    mine.onmessage = (event: MessageEvent<unknown>) => {
      if (socket !== mine) return;
      const frame = readFrame(event.data);
      if (!frame) ignored += 1;
      // Only the answer to our own ping says that both ways carry; whatever else comes says it of one.
      else if (frame.type === 'pong') { alive(); events.frame(frame); }
      else { if (frame.type === 'welcome') attempt = 0; events.frame(frame); }
    };
  }
  const stopListening = whenBack(() => { if (!document.hidden) connect(); });
  connect();
  return {
    send,
    ignored: () => ignored,
    hurry() { if (!ended && !socket) plan(Math.max(0, dialled + HURRY_MS - Date.now())); },
    pause(ms) { least = Math.min(ms, PAUSE_MAX_MS); },
    close() {
      ended = true;
      clearTimeout(retry);
      stopListening();
      lost();
    },
  };
}
