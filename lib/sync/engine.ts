import { evict } from '#lib/db/evict.ts';
import type { Database } from '#lib/db/schema.ts';
import { AgentDown, type AgentUp } from '#lib/protocol/agent.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';
import type { LinkState } from '#lib/protocol/runtime.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { applyFeed, applyMessages, type FeedFrame } from './apply.ts';
import { createCommands } from './commands.ts';
import { createConnection, type OpenSocket } from './connection.ts';
import { createOutbox } from './outbox.ts';
import { createWatch } from './watch.ts';

const TYPING_MS = 6_000;

export interface EnginePort {
  db: Database; openSocket: OpenSocket; now: () => number; random: () => number; workerId: string; keepAwake: () => void;
  credentials: () => Promise<{ address: string; token: string } | null>;
  /** A new device token: stored when this resolves. */
  rotate: (token: string) => Promise<void>;
  /** After each applied feed and each change of the link; what it answers goes to the companion. */
  onChange: (isFeed: boolean) => Promise<{ badge: string; alerted: ConversationId[] }>;
  onOutbox: (count: number) => void; onFault: (error: unknown) => void;
}

/** `https://shop.example` → `wss://shop.example/socket/agent`. */
export const socketUrl = (address: string): string => `${address.replace(/^http/, 'ws')}/socket/agent`;

/** A snapshot in several frames is applied whole: half of one has no cursor to resume from. */
function createSnapshots() {
  let held: FeedFrame | null = null;
  return {
    /** @returns what to apply, or null while more of it is to come */
    add(frame: FeedFrame): FeedFrame | null {
      if (!held && !(frame.reset && frame.more)) return frame;
      const whole: FeedFrame = held && !frame.reset ? { ...frame, from: 0, reset: true, rows: [...held.rows, ...frame.rows] } : { ...frame, rows: [...(held?.rows ?? []), ...frame.rows] };
      held = frame.more ? whole : null;
      return frame.more ? null : whole;
    },
    forget(): void { held = null; },
  };
}

async function noteTyping(db: Database, frame: Extract<AgentDown, { type: 'typing' }>, now: number): Promise<void> {
  const row = await db.meta.get('typing');
  const conversations = { ...(row?.key === 'typing' ? row.conversations : {}) };
  if (frame.on) conversations[frame.conversationId] = { who: frame.by, until: now + TYPING_MS };
  else delete conversations[frame.conversationId];
  await db.meta.put({ key: 'typing', conversations });
}

/** Where this client stands; the database holds the same, and is what a restarted worker reads. */
interface Standing { epoch: string; seq: number; clockOffset: number }
interface Parts {
  port: EnginePort; at: Standing; snapshots: ReturnType<typeof createSnapshots>; connection: ReturnType<typeof createConnection>;
  outbox: ReturnType<typeof createOutbox>; commands: ReturnType<typeof createCommands>; watch: ReturnType<typeof createWatch>;
}

async function feed({ port, at, snapshots, connection, watch }: Parts, frame: FeedFrame): Promise<void> {
  const whole = snapshots.add(frame);
  if (!whole) return;
  const outcome = await applyFeed(port.db, at.epoch, whole);
  if (outcome === 'hole') { connection.send({ type: 'sync', after: at.seq }); return; }
  if (outcome === 'ignored') return;
  at.seq = whole.to;
  await watch.refresh();
  if (whole.more) return;
  const { badge, alerted } = await port.onChange(true);
  connection.send({ type: 'applied', seq: at.seq, badge, alerted });
}

async function welcome({ port, at, snapshots, connection, outbox, watch }: Parts, frame: Extract<AgentDown, { type: 'welcome' }>): Promise<void> {
  if (frame.token) await port.rotate(frame.token);
  if (frame.epoch !== at.epoch) { at.epoch = frame.epoch; at.seq = 0; }
  snapshots.forget();
  at.clockOffset = frame.serverTime - port.now();
  const address = (await port.credentials())?.address ?? '';
  await port.db.meta.put({ key: 'self', member: frame.self, workspaceName: frame.workspaceName, companion: address });
  connection.welcomed();
  await outbox.reconnected();
  await watch.reconnected();
  await evict(port.db);
}

async function receive(parts: Parts, text: string): Promise<void> {
  const { port, at, connection, outbox, commands, watch } = parts;
  const frame = AgentDown.parse(JSON.parse(text));
  switch (frame.type) {
    case 'welcome': return welcome(parts, frame);
    case 'feed': return feed(parts, frame);
    case 'messages': if (await applyMessages(port.db, frame) === 'hole') await watch.ask(frame.conversationId); return;
    case 'ack': if (!await outbox.acked(frame)) commands.answered(frame.id, { ok: true, ...(frame.result ? { result: frame.result } : {}) }); return;
    case 'nack': if (!await outbox.nacked(frame.id, frame.refusal)) commands.answered(frame.id, { ok: false, refusal: frame.refusal }); return;
    case 'presence': await port.db.meta.put({ key: 'presence', presence: frame.presence }); await port.onChange(false); return;
    case 'typing': return noteTyping(port.db, frame, port.now());
    case 'pong': connection.ponged(); at.clockOffset = frame.serverTime - port.now(); if (frame.head > at.seq) connection.send({ type: 'sync', after: at.seq }); return;
    case 'drain': return connection.drained(frame.retryAfterMs);
    case 'error': return port.onFault(new Error(`The companion reports ${frame.code}: ${frame.message}`));
  }
}

/** The agent's side of the wire, from socket to database. Idempotent: a restarted worker makes a new one on the same database. */
export function createEngine(port: EnginePort) {
  const { db, now } = port;
  const at: Standing = { epoch: '', seq: 0, clockOffset: 0 };
  let queue: Promise<void> = Promise.resolve();
  /** Everything that reads or writes in order stands in one line. */
  const inLine = (act: () => Promise<unknown>): Promise<void> => (queue = queue.then(act).then(() => undefined, port.onFault));
  const saveLink = async (state: LinkState): Promise<void> => { await db.meta.put({ key: 'link', state, clockOffset: at.clockOffset }); await port.onChange(false); };
  const connection = createConnection({
    openSocket: port.openSocket, now, random: port.random, keepAwake: port.keepAwake, heldSeq: () => at.seq,
    onLink: (state) => void inLine(() => saveLink(state)), onText: (text) => void inLine(() => receive(parts, text)),
    hello: async () => {
      const credentials = await port.credentials();
      if (!credentials) return null;
      const cursor = await db.meta.get('cursor');
      if (cursor?.key === 'cursor') { at.epoch = cursor.epoch; at.seq = cursor.seq; }
      return { url: socketUrl(credentials.address), frame: { type: 'hello', version: PROTOCOL_VERSION, token: credentials.token,
        cursor: cursor?.key === 'cursor' ? { epoch: at.epoch, seq: at.seq } : null, workerId: port.workerId } };
    },
  });
  const send = (frame: AgentUp): boolean => connection.send(frame);
  const outbox = createOutbox({ db, now, send, onCount: port.onOutbox });
  const commands = createCommands(send);
  const watch = createWatch(db, send);
  const parts: Parts = { port, at, snapshots: createSnapshots(), connection, outbox, commands, watch };
  const clear = async (): Promise<void> => {
    await Promise.all(db.tables.map((table) => table.clear()));
    at.epoch = '';
    at.seq = 0;
    await db.meta.put({ key: 'link', state: { name: 'unpaired' }, clockOffset: 0 });
  };
  return {
    connect: (anew = false): Promise<void> => connection.connect(anew),
    command: commands.ask, add: outbox.add, retry: outbox.retry, discard: outbox.discard,
    view: (page: string, id: ConversationId | null): Promise<void> => inLine(() => watch.view(page, id)),
    isViewed: watch.isViewed,
    typing: (conversationId: ConversationId, on: boolean): boolean => send({ type: 'typing', conversationId, on }),
    link: connection.link,
    /** Leaves the companion and forgets everything it told; with it what was not sent. */
    forget: (): Promise<void> => { connection.disconnect(); return inLine(clear); },
    idle: (): Promise<void> => queue,
    close: (): void => { connection.close(); commands.close(); outbox.close(); },
  };
}
