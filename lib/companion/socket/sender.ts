import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { CLOSE } from '#lib/protocol/agent.ts';

/** What may wait for a reader without a question, bytes. */
const BUFFERED_MAX = 1024 * 1024;
/** How long more than that may stand still, ms: one group commit alone can be more, and a healthy reader takes it within this. */
const STILL_MS = 2_000;
/** Far more than any snapshot; beyond it somebody only asks and never reads, bytes. */
const WAITING_MAX = 32 * 1024 * 1024;
const FAREWELL_MS = 5_000;

export interface Sender {
  /** Something that happened; serialised once for many when it is a Buffer. */
  sendText(text: string | Buffer): void;
  /** A part of an answer that was asked for, however long it is: it does not make its reader a slow one. */
  sendAnswer(text: string): void;
}
type Way = Pick<WebSocket, 'readyState' | 'OPEN' | 'bufferedAmount' | 'send' | 'close' | 'terminate'>;

/**
 * Writes frames, and cuts off a reader of whom what waited two seconds ago waits still.
 * @param slow told once, when that happens
 */
export function createSender(socket: Way, stream: Pick<Duplex, 'cork' | 'uncork'>, slow: () => void): Sender {
  const cork = createCork(stream);
  let happened = 0;
  let answering = 0;
  let timer: NodeJS.Timeout | null = null;
  const behind = (): number => socket.bufferedAmount - answering;
  const drop = (): void => {
    socket.close(CLOSE.slow, 'This connection reads too slowly; connect again');
    slow();
    // Its buffer is let go of, also when it never reads the farewell.
    setTimeout(() => socket.terminate(), FAREWELL_MS).unref();
  };
  const watch = (): void => {
    if (timer || behind() <= BUFFERED_MAX) return;
    const before = happened;
    timer = setTimeout(() => {
      timer = null;
      if (socket.readyState !== socket.OPEN) return;
      if (behind() > happened - before) drop();
      else watch();
    }, STILL_MS).unref();
  };
  const write = (bytes: Buffer, done?: () => void): void => {
    cork();
    socket.send(bytes, { binary: false }, done);
    if (socket.bufferedAmount > WAITING_MAX) drop();
    else watch();
  };
  return {
    sendText(text) {
      if (socket.readyState !== socket.OPEN) return;
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      happened += bytes.length;
      write(bytes);
    },
    sendAnswer(text) {
      if (socket.readyState !== socket.OPEN) return;
      const bytes = Buffer.from(text);
      answering += bytes.length;
      write(bytes, () => { answering -= bytes.length; });
    },
  };
}

/** All frames of one turn of the event loop in one write: a group commit answers many at once, and a system call costs more than a frame. */
function createCork(stream: Pick<Duplex, 'cork' | 'uncork'>): () => void {
  let corked = false;
  return () => {
    if (corked) return;
    corked = true;
    stream.cork();
    process.nextTick(() => { corked = false; stream.uncork(); });
  };
}
