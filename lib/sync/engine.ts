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

/** The agent's side of the wire, from socket to database. Idempotent: a restarted worker makes a new one on the same database. */
export function createEngine(port: EnginePort) {
  const { db, now } = port;
  let epoch = '';
  let seq = 0;
  let clockOffset = 0;
  let snapshot: FeedFrame | null = null;
  let queue: Promise<void> = Promise.resolve();
  /** Everything that reads or writes in order stands in one line. */
  const inLine = (act: () => Promise<unknown>): Promise<void> => (queue = queue.then(act).then(() => undefined, port.onFault));

  const saveLink = (state: LinkState): void => void inLine(async () => { await db.meta.put({ key: 'link', state, clockOffset }); await port.onChange(false); });
  const connection = createConnection({
    openSocket: port.openSocket, now, random: port.random, keepAwake: port.keepAwake, heldSeq: () => seq, onLink: saveLink,
    onText: (text) => void inLine(() => receive(text)),
    hello: async () => {
      const credentials = await port.credentials();
      if (!credentials) return null;
      const cursor = await db.meta.get('cursor');
      if (cursor?.key === 'cursor') { epoch = cursor.epoch; seq = cursor.seq; }
      return { url: socketUrl(credentials.address), frame: { type: 'hello', version: PROTOCOL_VERSION, token: credentials.token,
        cursor: cursor?.key === 'cursor' ? { epoch, seq } : null, workerId: port.workerId } };
    },
  });
  const send = (frame: AgentUp): boolean => connection.send(frame);
  const outbox = createOutbox({ db, now, send, onCount: port.onOutbox });
  const commands = createCommands(send);
  const watch = createWatch(db, send);

  async function feed(frame: FeedFrame): Promise<void> {
    // A snapshot in several frames is applied whole: half of one has no cursor to resume from.
    if (snapshot || (frame.reset && frame.more)) {
      snapshot = snapshot && !frame.reset ? { ...frame, from: 0, reset: true, rows: [...snapshot.rows, ...frame.rows] }
        : { ...frame, rows: [...(snapshot?.rows ?? []), ...frame.rows] };
      if (frame.more) return;
      frame = snapshot;
      snapshot = null;
    }
    const outcome = await applyFeed(db, epoch, frame);
    if (outcome === 'hole') { send({ type: 'sync', after: seq }); return; }
    if (outcome === 'ignored') return;
    seq = frame.to;
    await watch.refresh();
    if (frame.more) return;
    const { badge, alerted } = await port.onChange(true);
    send({ type: 'applied', seq, badge, alerted });
  }
  async function welcome(frame: Extract<AgentDown, { type: 'welcome' }>): Promise<void> {
    if (frame.token) await port.rotate(frame.token);
    if (frame.epoch !== epoch) { epoch = frame.epoch; seq = 0; }
    snapshot = null;
    clockOffset = frame.serverTime - now();
    const address = (await port.credentials())?.address ?? '';
    await db.meta.put({ key: 'self', member: frame.self, workspaceName: frame.workspaceName, companion: address });
    connection.welcomed();
    await outbox.reconnected();
    await watch.reconnected();
    await evict(db);
  }
  async function typing(frame: Extract<AgentDown, { type: 'typing' }>): Promise<void> {
    const row = await db.meta.get('typing');
    const conversations = { ...(row?.key === 'typing' ? row.conversations : {}) };
    if (frame.on) conversations[frame.conversationId] = { who: frame.by, until: now() + TYPING_MS };
    else delete conversations[frame.conversationId];
    await db.meta.put({ key: 'typing', conversations });
  }
  async function receive(text: string): Promise<void> {
    const frame = AgentDown.parse(JSON.parse(text));
    switch (frame.type) {
      case 'welcome': return welcome(frame);
      case 'feed': return feed(frame);
      case 'messages': if (await applyMessages(db, frame) === 'hole') await watch.ask(frame.conversationId); return;
      case 'ack': if (!await outbox.acked(frame)) commands.answered(frame.id, { ok: true, ...(frame.result ? { result: frame.result } : {}) }); return;
      case 'nack': if (!await outbox.nacked(frame.id, frame.refusal)) commands.answered(frame.id, { ok: false, refusal: frame.refusal }); return;
      case 'presence': await db.meta.put({ key: 'presence', presence: frame.presence }); await port.onChange(false); return;
      case 'typing': return typing(frame);
      case 'pong': connection.ponged(); clockOffset = frame.serverTime - now(); if (frame.head > seq) send({ type: 'sync', after: seq }); return;
      case 'drain': return connection.drained(frame.retryAfterMs);
      case 'error': return port.onFault(new Error(`The companion reports ${frame.code}: ${frame.message}`));
    }
  }
  return {
    connect: (anew = false): Promise<void> => connection.connect(anew),
    command: commands.ask, add: outbox.add, retry: outbox.retry, discard: outbox.discard,
    view: (page: string, id: ConversationId | null): Promise<void> => inLine(() => watch.view(page, id)),
    isViewed: watch.isViewed,
    typing: (conversationId: ConversationId, on: boolean): boolean => send({ type: 'typing', conversationId, on }),
    link: connection.link,
    /** Leaves the companion and forgets everything it told; with it what was not sent. */
    forget: (): Promise<void> => { connection.disconnect(); return inLine(async () => { await Promise.all(db.tables.map((table) => table.clear())); epoch = ''; seq = 0; }).then(() => inLine(() => db.meta.put({ key: 'link', state: { name: 'unpaired' }, clockOffset: 0 }))); },
    idle: (): Promise<void> => queue,
    close: (): void => { connection.close(); commands.close(); outbox.close(); },
  };
}
