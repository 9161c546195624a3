import type { VisitorDown, VisitorUp } from '#lib/protocol/visitor.ts';
import { backoff } from '#lib/base/backoff.ts';
import { readFrame } from './frame.ts';

const PING_MS = 20_000;
const DEADLINE_MS = 10_000;
/** No companion may send a chat away for longer. */
const PAUSE_MAX_MS = 60_000;

export interface LinkEvents {
  opened(): void; frame(frame: VisitorDown): void;
  /** Down; the next attempt is already planned. */
  closed(): void;
}
export interface Link { send(frame: VisitorUp): boolean; /** Wait this long before the next attempt, ms. */ pause(ms: number): void; /** Frames that only a newer companion, or none, could mean. */ ignored(): number; close(): void }

/** One websocket that comes back: app-level ping with a deadline, full-jitter backoff, at once when the network or the tab returns. */
export function createLink(url: string, events: LinkEvents, WebSocketClass: typeof WebSocket = WebSocket): Link {
  let socket: WebSocket | null = null;
  let attempt = 0, least = 0, ignored = 0, ended = false;
  let retry: ReturnType<typeof setTimeout> | undefined, beat: ReturnType<typeof setTimeout> | undefined;
  const send = (frame: VisitorUp): boolean => {
    if (socket?.readyState === 1) { socket.send(JSON.stringify(frame)); return true; }
    return false;
  };
  const lost = (): void => {
    if (!socket) return;
    const old = socket;
    socket = null;
    clearTimeout(beat);
    old.close();
    if (ended) return;
    clearTimeout(retry);
    retry = setTimeout(connect, Math.max(least, backoff(attempt++, Math.random())));
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
    const mine = new WebSocketClass(url);
    socket = mine;
    beat = setTimeout(lost, DEADLINE_MS);
    mine.onopen = () => { if (socket === mine) { alive(); events.opened(); } };
    mine.onclose = () => { if (socket === mine) lost(); };
    mine.onmessage = (event: MessageEvent<unknown>) => {
      if (socket !== mine) return;
      alive();
      const frame = readFrame(event.data);
      if (!frame) ignored += 1;
      else { if (frame.type === 'welcome') attempt = 0; events.frame(frame); }
    };
  }
  const now = (): void => { if (!document.hidden) connect(); };
  globalThis.addEventListener?.('online', now);
  globalThis.document?.addEventListener('visibilitychange', now);
  connect();
  return {
    send,
    ignored: () => ignored,
    pause(ms) { least = Math.min(ms, PAUSE_MAX_MS); },
    close() {
      ended = true;
      clearTimeout(retry);
      globalThis.removeEventListener?.('online', now);
      globalThis.document?.removeEventListener('visibilitychange', now);
      lost();
    },
  };
}
