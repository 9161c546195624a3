import { backoff } from '#lib/base/backoff.ts';
import { SECOND } from '#lib/base/time.ts';
import { CLOSE, type AgentUp } from '#lib/protocol/agent.ts';
import type { LinkState } from '#lib/protocol/runtime.ts';

/** Chrome stops a silent worker after 30 s. */
const PING_MS = 20 * SECOND;
const DEADLINE_MS = 10 * SECOND;

export interface Socket { send(text: string): void; close(): void }
export interface SocketEvents { open(): void; message(text: string): void; close(code: number): void }
export type OpenSocket = (url: string, events: SocketEvents) => Socket;
export interface ConnectionPort {
  openSocket: OpenSocket; now: () => number; random: () => number;
  /** Where to and the first frame; null: not paired. */
  hello: () => Promise<{ url: string; frame: AgentUp } | null>;
  heldSeq: () => number; onText: (text: string) => void; onLink: (link: LinkState) => void;
  /** Called with each ping: an extension API call, which Firefox counts as life. */
  keepAwake: () => void;
}

const FATAL: Record<number, LinkState> = {
  [CLOSE.unauthenticated]: { name: 'revoked' }, [CLOSE.revoked]: { name: 'revoked' }, [CLOSE.tooOld]: { name: 'too_old', which: 'extension' },
};

/** One socket by construction: each dial has a number, and whatever belongs to an older number is deaf. */
export function createConnection(port: ConnectionPort) {
  let link: LinkState = { name: 'unpaired' };
  let dialled = 0;
  let attempt = 0;
  let socket: Socket | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let ping: ReturnType<typeof setTimeout> | undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const set = (next: LinkState): void => { link = next; port.onLink(next); };

  function drop(): void {
    dialled += 1;
    for (const timer of [retry, ping, deadline]) clearTimeout(timer);
    const old = socket;
    socket = null;
    old?.close();
  }
  function waitThenDial(reason: string, atLeastMs = 0): void {
    drop();
    const wait = atLeastMs + backoff(attempt++, port.random());
    set({ name: 'waiting', retryAt: port.now() + wait, reason });
    retry = setTimeout(() => void dial(), wait);
  }
  const expect = (what: string): void => { clearTimeout(deadline); deadline = setTimeout(() => waitThenDial(`The companion did not answer (${what}).`), DEADLINE_MS); };
  function beat(): void {
    ping = setTimeout(() => {
      port.keepAwake();
      send({ type: 'ping', seq: port.heldSeq() });
      expect('ping');
      beat();
    }, PING_MS);
  }
  function send(frame: AgentUp): boolean {
    if (link.name !== 'online' || !socket) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }
  async function dial(): Promise<void> {
    drop();
    const mine = dialled;
    set({ name: 'connecting', since: port.now() });
    const hello = await port.hello();
    if (mine !== dialled) return;
    if (!hello) return set({ name: 'unpaired' });
    expect('hello');
    socket = port.openSocket(hello.url, {
      open: () => { if (mine === dialled) socket?.send(JSON.stringify(hello.frame)); },
      message: (text) => { if (mine === dialled) port.onText(text); },
      close: (code) => {
        if (mine !== dialled) return;
        const fatal = FATAL[code];
        if (!fatal) return waitThenDial(code === CLOSE.replaced ? 'Connected from elsewhere in this browser.' : `The connection closed (${code}).`);
        drop();
        set(fatal);
      },
    });
  }
  return {
    /** Idempotent. `anew`: also out of an ending that only a person can change (revoked, too old). */
    async connect(anew = false): Promise<void> {
      if (link.name === 'connecting' || link.name === 'online') return;
      if (!anew && (link.name === 'revoked' || link.name === 'too_old')) return;
      if (anew) attempt = 0;
      await dial();
    },
    welcomed(): void { attempt = 0; clearTimeout(deadline); clearTimeout(ping); set({ name: 'online', since: port.now() }); beat(); },
    ponged: (): void => clearTimeout(deadline),
    drained: (retryAfterMs: number): void => waitThenDial('The companion is restarting.', retryAfterMs),
    send, link: (): LinkState => link,
    disconnect(): void { drop(); set({ name: 'unpaired' }); },
    close: drop,
  };
}
