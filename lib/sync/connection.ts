import { reconnectAfter } from '#lib/base/reconnect.ts';
import { SECOND } from '#lib/base/time.ts';
import { CLOSE, type AgentUp } from '#lib/protocol/agent.ts';
import type { LinkState } from '#lib/protocol/runtime.ts';

/** Chrome stops a silent worker after 30 s. */
const PING_MS = 20 * SECOND;
const DEADLINE_MS = 10 * SECOND;
/** A frame of this many characters is a part of a long answer, behind which a pong may stand in line. */
const LONG = 64 * 1024;

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

/** Only a person can lead out of these. */
const ENDED: ReadonlySet<LinkState['name']> = new Set(['revoked', 'too_old']);

interface Heart { expect(what: 'hello' | 'ping'): void; heard(): void; /** A frame came, still unread. */ came(text: string): void; beat(): void; stop(): void }

/** The heartbeat of one socket, and the deadline for whatever answer is awaited. */
function createHeart(ping: () => void, late: (what: string) => void): Heart {
  let next: ReturnType<typeof setTimeout> | undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let awaited: 'hello' | 'ping' | null = null;
  const heard = (): void => { clearTimeout(deadline); awaited = null; };
  const expect = (what: 'hello' | 'ping'): void => { heard(); awaited = what; deadline = setTimeout(() => late(what), DEADLINE_MS); };
  /** Seen before it is read, as it may stand in line for long. Only an answer says that both ways carry: what else comes says it of one. */
  const came = (text: string): void => {
    if (awaited === 'hello' || text.startsWith('{"type":"pong"')) heard();
    else if (awaited && text.length >= LONG) expect(awaited);
  };
  const beat = (): void => {
    clearTimeout(next);
    next = setTimeout(() => { ping(); expect('ping'); beat(); }, PING_MS);
  };
  return { expect, heard, came, beat, stop: (): void => { heard(); clearTimeout(next); } };
}

/** One socket by construction: each dial has a number, and whatever belongs to an older number is deaf. */
export function createConnection(port: ConnectionPort) {
  let link: LinkState = { name: 'unpaired' };
  let dialled = 0, attempt = 0;
  let socket: Socket | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const set = (next: LinkState): void => { link = next; port.onLink(next); };

  function drop(): void {
    dialled += 1;
    clearTimeout(retry);
    heart.stop();
    socket?.close();
    socket = null;
  }
  function waitThenDial(reason: string, atLeastMs = 0): void {
    drop();
    const wait = Math.max(atLeastMs, reconnectAfter('agent', attempt++, port.random()));
    set({ name: 'waiting', retryAt: port.now() + wait, reason });
    retry = setTimeout(() => void dial(), wait);
  }
  const heart: Heart = createHeart(() => { port.keepAwake(); send({ type: 'ping', seq: port.heldSeq() }); }, (what) => waitThenDial(`The companion did not answer (${what}).`));
  function send(frame: AgentUp): boolean {
    const open = link.name === 'online' ? socket : null;
    open?.send(JSON.stringify(frame));
    return open !== null;
  }
  async function dial(): Promise<void> {
    drop();
    const mine = dialled;
    set({ name: 'connecting', since: port.now() });
    const hello = await port.hello().catch((error: unknown) => String(error));
    if (mine !== dialled) return;
    if (typeof hello === 'string') return waitThenDial(`Nothing could be read from this browser's storage (${hello}).`);
    if (!hello) return set({ name: 'unpaired' });
    heart.expect('hello');
    socket = port.openSocket(hello.url, {
      open: () => { if (mine === dialled) socket?.send(JSON.stringify(hello.frame)); },
      message: (text) => { if (mine === dialled) { heart.came(text); port.onText(text); } },
      close: (code) => {
        if (mine !== dialled) return;
        const fatal = FATAL[code];
        if (!fatal) return waitThenDial(`The connection closed (${code}).`);
        drop();
        set(fatal);
      },
    });
  }
  return {
    /** Idempotent. `anew`: also out of an ending that only a person can change (revoked, too old). */
    async connect(anew = false): Promise<void> {
      if (link.name === 'connecting' || link.name === 'online' || (!anew && ENDED.has(link.name))) return;
      if (anew) attempt = 0;
      await dial();
    },
    welcomed(): void { attempt = 0; heart.heard(); set({ name: 'online', since: port.now() }); heart.beat(); },
    ponged: heart.heard,
    drained: (retryAfterMs: number): void => waitThenDial('The companion is restarting.', retryAfterMs),
    send, link: (): LinkState => link, close: drop,
    /** Over, until a person changes something. */
    disconnect(state: LinkState = { name: 'unpaired' }): void { drop(); set(state); },
  };
}
