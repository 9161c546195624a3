import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type * as z from 'zod';
import { CLOSE } from '#lib/protocol/agent.ts';
import type { Refusal } from '#lib/protocol/command.ts';
import type { Core } from '../core.ts';
import { newerFrame } from './newer.ts';
import { createPace } from './pace.ts';
import { createSender } from './sender.ts';
import type { UnderWay } from './under-way.ts';
import { idOf, whyUnreadable } from './unreadable.ts';

const HELLO_MS = 5_000;
/** Clients ping every 20 s: whoever is silent for longer than this is gone, ms; a stall of a few seconds is not that. */
const SILENT_MS = 30_000;
const REFUSED_MAX = 10;

/** One socket with its guards: hello in time, frames that parse, a reader that keeps up, no silence. */
export interface Peer<Down extends object> {
  readonly address: string; readonly origin: string;
  send(frame: Down): void;
  /** A part of an answer that was asked for, however long it is: it does not make its reader a slow one. */
  sendAnswer(frame: Down): void;
  /** A frame that was serialised once for many. */
  sendText(text: string | Buffer): void;
  close(code: number, reason: string): void;
}
export interface PeerHandlers<Up, Down extends object> {
  frame(frame: Up, peer: Peer<Down>): Promise<void> | void;
  /** `aliveAt`: the last moment at which the other side was surely there, epoch ms; of one that fell silent, its last frame. */
  closed(aliveAt: number): void;
}

/** Where a socket comes from, and the stream under it. */
export interface Caller { address: string; origin: string; host: string; stream: Duplex }
interface PeerParts<Up> { core: Core; kind: 'visitor' | 'agent'; socket: WebSocket; caller: Caller; schema: z.ZodType<Up>; underWay: UnderWay }

/** Frames of one socket are handled one after the other until `welcome`, then as they come (order is the store's queue). */
export function createPeer<Up extends { type: string }, Down extends object>({ core, kind, socket, caller, schema, underWay }: PeerParts<Up>, handlers: PeerHandlers<Up, Down>): void {
  const { address, origin } = caller;
  let refused = 0;
  let greeted = false;
  let heardAt = Date.now();
  core.metrics.connections.inc({ kind });
  const { sendText, sendAnswer } = createSender(socket, caller.stream, () => core.metrics.refused.inc({ code: 'slow' }));
  const peer: Peer<Down> = { address, origin, sendText, sendAnswer: (frame) => sendAnswer(JSON.stringify(frame)), send: (frame) => sendText(JSON.stringify(frame)), close: (code, reason) => socket.close(code, reason) };
  const pace = createPace();
  /** With an id it is answered as a command is, so that the outbox that holds it learns its end. */
  const refuse = (refusal: Refusal, id: string | null = null): void => {
    core.metrics.refused.inc({ code: refusal.code });
    sendText(JSON.stringify(id === null ? { type: 'error', ...refusal } : { type: 'nack', id, refusal }));
    if (++refused >= REFUSED_MAX) socket.close(CLOSE.malformed, 'Too many frames that could not be read');
  };
  const hello = setTimeout(() => { if (!greeted) socket.close(CLOSE.unauthenticated, 'No hello within 5 s'); }, HELLO_MS);
  let silent = false;
  const listen = (): void => {
    const left = heardAt + SILENT_MS - Date.now();
    silent = left <= 0;
    if (silent) socket.terminate();
    else silence = setTimeout(listen, left);
  };
  let silence = setTimeout(listen, SILENT_MS);
  socket.on('message', (data, isBinary) => {
    heardAt = Date.now();
    core.metrics.frames.inc({ kind });
    const read = readFrame(schema, isBinary ? null : String(data), greeted);
    if ('refusal' in read) return refuse(read.refusal, read.id);
    if ('newer' in read) {
      // Counted and left alone; who waits for an answer hears that none will come.
      core.metrics.refused.inc({ code: 'unknown_type' });
      if (read.newer) sendText(JSON.stringify({ type: 'nack', id: read.newer, refusal: TOO_NEW }));
      return;
    }
    greeted = true;
    const { frame } = read;
    const verdict = core.config.rateLimits ? pace(frame.type, heardAt) : 'take';
    if (verdict !== 'take') core.metrics.refused.inc({ code: 'rate_limited' });
    if (verdict === 'end') return socket.close(CLOSE.rateLimited, 'Too many requests at once; connect again');
    if (verdict === 'forget') return;
    underWay.run(() => handlers.frame(frame, peer)).catch((error: unknown) => {
      core.log.error({ error, frame: frame.type, kind }, 'A frame could not be handled');
      const id = 'id' in frame && typeof frame.id === 'string' ? frame.id : null;
      if (id) sendText(JSON.stringify({ type: 'nack', id, refusal: { code: 'internal', message: 'The companion could not do this. Try again.' } }));
      // What has no id has no answer that could say so: the client connects again and asks anew.
      else socket.close(1011, 'The companion could not do this; connect again');
    });
  });
  socket.on('error', (error) => core.log.debug({ error, kind }, 'Socket error'));
  socket.on('close', () => {
    clearTimeout(hello);
    clearTimeout(silence);
    core.metrics.connections.dec({ kind });
    handlers.closed(silent ? heardAt : Date.now());
  });
}

const TOO_NEW: Refusal = { code: 'malformed', message: 'The companion is older than this and does not know how. Ask its owner to update it.' };

/** @param text null for a binary frame. @returns `newer` for a type we have no name for, with the id of who waits for an answer */
function readFrame<Up extends { type: string }>(schema: z.ZodType<Up>, text: string | null, greeted: boolean): { frame: Up } | { refusal: Refusal; id: string | null } | { newer: string | null } {
  if (text === null) return { refusal: { code: 'malformed', message: 'Frames are JSON text.' }, id: null };
  const given = json(text);
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const newer = greeted ? newerFrame(given, parsed.error) : null;
    return newer ? { newer: newer.id } : { refusal: whyUnreadable(parsed.error), id: greeted ? idOf(given) : null };
  }
  if ((parsed.data.type === 'hello') !== greeted) return { frame: parsed.data };
  return { refusal: { code: 'malformed', message: greeted ? 'Hello was said already.' : 'The first frame must be hello.' }, id: null };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused by the schema as any other unreadable frame
  }
}
