import { evict } from '#lib/db/evict.ts';
import type { Database } from '#lib/db/schema.ts';
import type { AgentDown, AgentUp } from '#lib/protocol/agent.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';
import type { LinkState, StorageTrouble } from '#lib/protocol/runtime.ts';
import { MIN_SUPPORTED, PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { applyFeed, applyMessages, type FeedFrame } from './apply.ts';
import { createCommands } from './commands.ts';
import { createConnection, type OpenSocket } from './connection.ts';
import { createOpener } from './open.ts';
import { createOutbox } from './outbox.ts';
import { readFrame } from './read-frame.ts';
import { createRoom, type Room } from './room.ts';
import { noteSkipped, startsAnew } from './skipped.ts';
import type { Spare } from './spare.ts';
import { createWatch } from './watch.ts';

const TYPING_MS = 6_000;

export interface EnginePort {
  db: Database; spare: Spare; openSocket: OpenSocket; now: () => number; random: () => number; workerId: string; keepAwake: () => void;
  /** This extension's version. */
  build: string;
  credentials: () => Promise<{ address: string; token: string } | null>;
  /** A new device token: stored when this resolves. */
  rotate: (token: string) => Promise<void>;
  /** After each applied feed and each change of the link; what it answers goes to the companion. */
  onChange: (isFeed: boolean) => Promise<{ badge: string; alerted: ConversationId[] }>;
  /** What is wrong with this browser's storage; null: nothing any more. */
  onStorage: (trouble: StorageTrouble | null) => void;
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
interface Standing { epoch: string; seq: number; clockOffset: number; /** The companion's protocol. */ version: number }
interface Parts {
  port: EnginePort; at: Standing; room: Room; snapshots: ReturnType<typeof createSnapshots>; connection: ReturnType<typeof createConnection>;
  outbox: ReturnType<typeof createOutbox>; commands: ReturnType<typeof createCommands>; watch: ReturnType<typeof createWatch>;
}

async function feed(parts: Parts, frame: FeedFrame): Promise<void> {
  const { port, at, room, snapshots, connection, outbox, watch } = parts;
  const whole = snapshots.add(frame);
  if (!whole) return;
  const gone = whole.rows.flatMap((one) => (one.kind === 'gone' ? [one.row.id] : []));
  if (gone.length > 0) await outbox.letGo(gone);
  const outcome = await room(() => applyFeed(port.db, at.epoch, whole));
  if (outcome === 'hole') return fetchMissed(parts);
  if (outcome === 'ignored') return;
  at.seq = whole.to;
  await watch.refresh();
  if (whole.more) return;
  const { badge, alerted } = await port.onChange(true);
  connection.send({ type: 'applied', seq: at.seq, badge, alerted });
}

/** From where the database stands. One that lost its cursor lost its rows too: it greets the companion anew, as an empty one does. */
async function fetchMissed({ port, at, connection, outbox }: Parts): Promise<void> {
  if (await port.db.meta.get('cursor') || at.seq === 0) { connection.send({ type: 'sync', after: at.seq }); return; }
  await outbox.check();
  connection.drained(0);
}

async function welcome(parts: Parts, frame: Extract<AgentDown, { type: 'welcome' }>): Promise<void> {
  const { port, at, snapshots, connection, outbox, watch } = parts;
  if (frame.version < MIN_SUPPORTED) return connection.disconnect({ name: 'too_old', which: 'companion' });
  if (frame.token) await port.rotate(frame.token);
  if (frame.epoch !== at.epoch) { at.epoch = frame.epoch; at.seq = 0; }
  at.version = frame.version;
  snapshots.forget();
  at.clockOffset = frame.serverTime - port.now();
  const address = (await port.credentials())?.address ?? '';
  await port.db.meta.put({ key: 'self', member: frame.self, workspaceName: frame.workspaceName, companion: address });
  connection.welcomed();
  await outbox.reconnected();
  await watch.reconnected();
  await evict(port.db);
}

async function pong(parts: Parts, frame: Extract<AgentDown, { type: 'pong' }>): Promise<void> {
  const { port, at, connection } = parts;
  connection.ponged();
  at.clockOffset = frame.serverTime - port.now();
  if (frame.head > at.seq || (at.seq > 0 && !await port.db.meta.get('cursor'))) await fetchMissed(parts);
}

async function receive(parts: Parts, text: string): Promise<void> {
  const { port, room, connection, outbox, commands, watch } = parts;
  const { frame, newer, unread } = readFrame(text);
  if (newer.length > 0 || unread > 0) await noteSkipped(port.db, port.build, newer, unread);
  switch (frame?.type) {
    case undefined: return;
    case 'welcome': return welcome(parts, frame);
    case 'feed': return feed(parts, frame);
    case 'messages': if (await room(() => applyMessages(port.db, frame)) === 'hole') await watch.ask(frame.conversationId); return;
    case 'ack': if (!await outbox.acked(frame)) commands.answered(frame.id, { ok: true, ...(frame.result ? { result: frame.result } : {}) }); return;
    case 'nack': if (!await outbox.nacked(frame.id, frame.refusal)) commands.answered(frame.id, { ok: false, refusal: frame.refusal }); return;
    case 'presence': await port.db.meta.put({ key: 'presence', presence: frame.presence }); await port.onChange(false); return;
    case 'typing': return noteTyping(port.db, frame, port.now());
    case 'pong': return pong(parts, frame);
    case 'drain': return connection.drained(frame.retryAfterMs);
    case 'error': return port.onFault(new Error(`The companion reports ${frame.code}: ${frame.message}`));
  }
}

/** The agent's side of the wire, from socket to database. Idempotent: a restarted worker makes a new one on the same database. */
export function createEngine(port: EnginePort) {
  const { db, now } = port;
  const at: Standing = { epoch: '', seq: 0, clockOffset: 0, version: 0 };
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
      // A worker that starts offline finds out as well.
      await outbox.check();
      if (await startsAnew(db, port.build)) Object.assign(at, { epoch: '', seq: 0 });
      const cursor = await db.meta.get('cursor');
      if (cursor?.key === 'cursor') { at.epoch = cursor.epoch; at.seq = cursor.seq; } else Object.assign(at, { epoch: '', seq: 0 });
      return { url: socketUrl(credentials.address), frame: { type: 'hello', version: PROTOCOL_VERSION, token: credentials.token,
        cursor: cursor?.key === 'cursor' ? { epoch: at.epoch, seq: at.seq } : null, workerId: port.workerId } };
    },
  });
  const send = (frame: AgentUp): boolean => connection.send(frame);
  const isOpen = createOpener(db, port.onStorage, () => void connection.connect());
  const room = createRoom(db, (isFull) => port.onStorage(isFull ? 'full' : null));
  const outbox = createOutbox({ db, spare: port.spare, room, now, send, onCount: port.onOutbox, onFault: port.onFault });
  const commands = createCommands(send);
  const watch = createWatch(db, send);
  const parts: Parts = { port, at, room, snapshots: createSnapshots(), connection, outbox, commands, watch };
  let isOver = false;
  // Cleared or deleted under our hands: found out at once, not at the next frame.
  db.on('close', () => {
    if (isOver) return;
    void inLine(async () => {
      await outbox.check();
      if (connection.link().name === 'online' && at.seq > 0 && !await db.meta.get('cursor')) await fetchMissed(parts);
    });
  });
  const clear = async (): Promise<void> => {
    await outbox.forget();
    await Promise.all(db.tables.map((table) => table.clear()));
    at.epoch = '';
    at.seq = 0;
    await db.meta.put({ key: 'link', state: { name: 'unpaired' }, clockOffset: 0 });
  };
  return {
    async connect(anew = false): Promise<void> {
      if (await isOpen()) await connection.connect(anew);
    },
    command: commands.ask, add: outbox.add, retry: outbox.retry, discard: outbox.discard,
    view: (page: string, id: ConversationId | null): Promise<void> => inLine(() => watch.view(page, id)),
    isViewed: watch.isViewed,
    typing: (conversationId: ConversationId, on: boolean): boolean => send({ type: 'typing', conversationId, on }),
    link: connection.link,
    /** Leaves the companion and forgets everything it told; with it what was not sent. */
    forget: (): Promise<void> => {
      if (at.version >= 2) send({ type: 'bye' });
      connection.disconnect();
      return inLine(clear);
    },
    idle: (): Promise<void> => queue,
    close: (): void => { isOver = true; connection.close(); commands.close(); outbox.close(); },
  };
}
