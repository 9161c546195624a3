import type { WebSocket } from 'ws';
import { AgentUp, CLOSE, type AgentDown, type Presence } from '#lib/protocol/agent.ts';
import type { Command } from '#lib/protocol/command.ts';
import type { ConversationId, MemberId } from '#lib/protocol/ids.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import { isAllowed } from '#lib/protocol/permission.ts';
import { MIN_SUPPORTED, PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { RESTART_MS, reconnectAfter } from '#lib/base/reconnect.ts';
import { uuid } from '#lib/base/uuid.ts';
import { whyUnreachable } from '#lib/handoff/availability.ts';
import type { Core } from '../core.ts';
import { authenticate, createCodeDesk, rotated } from '../devices.ts';
import { hashSecret } from '../secrets.ts';
import type { Committed } from '../store/store.ts';
import { WORKSPACE_ID } from '../workspace.ts';
import { createBucket } from './bucket.ts';
import { createFeedBatch } from './feed-batch.ts';
import { rowsFor } from './for-version.ts';
import { createPeer, type Caller, type Peer } from './peer.ts';
import { createUnderWay } from './under-way.ts';

const COPIED = 'The token of this browser was used elsewhere; pair it again';
const WINDOW = 2_000;
const ROWS = 200;
const MESSAGES_MAX = 2_000;
type Up<T extends AgentUp['type']> = Extract<AgentUp, { type: T }>;
interface Session { memberId: MemberId; deviceId: string; tokenHash: string; workerId: string; version: number; /** Said bye: comes not back by itself. */ left: boolean; peer: Peer<AgentDown>; watched: Set<ConversationId> }
export interface AgentHub {
  accept(socket: WebSocket, caller: Caller): void;
  count(): number;
  /** Everybody hears that they shall come back; resolves when what was under way is answered, at the latest after `withinMs`. */
  drain(withinMs: number): Promise<void>;
  close(): void;
}
interface Hub { core: Core; sessions: Set<Session>; watchers: Map<ConversationId, Set<Session>>; codeFor: ReturnType<typeof createCodeDesk> }

export function createAgentHub(core: Core): AgentHub {
  const hub: Hub = { core, sessions: new Set(), watchers: new Map(), codeFor: createCodeDesk(core) };
  const { sessions, watchers } = hub;
  const underWay = createUnderWay();
  const batch = createFeedBatch((textFor, rows) => {
    const isGone = rows.some(({ kind }) => kind === 'gone');
    for (const one of sessions) if (isGone && one.version < GONE_SINCE) startOver(core, one); else one.peer.sendText(textFor(one.version));
    return sessions.size;
  });
  core.deviceRevoked.current = (id) => { for (const one of sessions) if (one.deviceId === id) one.peer.close(CLOSE.revoked, COPIED); };
  const tellPresence = (): void => { for (const one of sessions) one.peer.send({ type: 'presence', presence: presenceOf(core) }); };
  core.onPresence(tellPresence);
  core.onTyping(({ conversationId, who, by, member, on }) => {
    if (who === 'bot') return;
    for (const one of watchers.get(conversationId) ?? []) if (one.memberId !== member) one.peer.send({ type: 'typing', conversationId, by, who, on });
  });
  core.onCommit((commit) => {
    if (commit.stream) {
      const watching = watchers.get(commit.stream.conversationId);
      const text = watching?.size ? JSON.stringify({ type: 'messages', ...commit.stream } satisfies AgentDown) : '';
      for (const one of watching ?? []) one.peer.sendText(text);
    }
    batch.add(commit);
    for (const row of commit.rows) if (row.kind === 'member' && row.row.revokedAt !== null) revoke(hub, row.row.id);
    if (commit.rows.some((row) => row.kind === 'bot' || row.kind === 'member')) tellPresence();
  });
  return {
    count: () => sessions.size, close: () => batch.close(),
    accept(socket, caller) {
      let session: Session | null = null;
      const bucket = createBucket(400, 200);
      createPeer<AgentUp, AgentDown>({ core, kind: 'agent', socket, caller, schema: AgentUp, underWay }, {
        async frame(frame, peer) {
          if (frame.type === 'hello') { await greet(hub, peer, frame, () => socket.readyState === socket.OPEN, (made) => { session = made; }); return; }
          if (!session) return peer.send({ type: 'error', code: 'malformed', message: 'Wait for the welcome first.' });
          if (frame.type === 'command' && underWay.isEnding()) return peer.send({ type: 'nack', id: frame.id, refusal: { code: 'draining', message: 'The companion is restarting. Try again in a moment.' } });
          if (frame.type === 'command' && core.config.rateLimits && !bucket.take(Date.now())) return peer.send({ type: 'nack', id: frame.id, refusal: { code: 'rate_limited', message: 'Too many commands at once. Try again in a moment.' } });
          await handle(hub, session, frame);
        },
        closed(aliveAt) {
          if (!session) return;
          sessions.delete(session);
          for (const id of session.watched) unwatch(hub, session, id);
          endLease(hub, session, aliveAt);
        },
      });
    },
    drain(withinMs) {
      for (const one of sessions) one.peer.send({ type: 'drain', retryAfterMs: RESTART_MS + reconnectAfter('agent', 0, Math.random()) });
      return underWay.end(withinMs);
    },
  };
}

function presenceOf({ leases, settings }: Core): Presence {
  const connected = leases.connected();
  return { connected: connected.map((memberId) => ({ memberId, name: settings.member(memberId)?.name ?? '' })),
    unreachable: settings.bots().filter((bot) => whyUnreachable(bot, connected.length) === 'nobody_connected').map((bot) => bot.id) };
}
function revoke({ core, sessions }: Hub, memberId: MemberId): void {
  for (const one of sessions) if (one.memberId === memberId) one.peer.close(CLOSE.revoked, 'Your access was revoked');
  core.leases.end(memberId);
  core.store.revokeDevices(memberId, Date.now()).catch((error: unknown) => core.log.error({ error, memberId }, 'The devices of a revoked member could not be marked; the member stays revoked'));
}

/** A browser that went by itself is waited for (law 9); one that was disconnected on purpose is not, unless another of theirs is here. */
function endLease({ core, sessions }: Hub, { memberId, left }: Session, aliveAt: number): void {
  if (left && ![...sessions].some((one) => one.memberId === memberId)) core.leases.leave(memberId);
  else core.leases.drop(memberId, aliveAt);
}

async function greet(hub: Hub, peer: Peer<AgentDown>, hello: Up<'hello'>, isOpen: () => boolean, begin: (session: Session) => void): Promise<void> {
  const { core, sessions } = hub;
  if (hello.version < MIN_SUPPORTED) { peer.close(CLOSE.tooOld, 'The extension is too old for this companion'); return; }
  const known = await authenticate(core, hello.token, peer.origin);
  if (known === null) { peer.close(CLOSE.unauthenticated, 'This token is not known'); return; }
  if (known === 'revoked') { peer.close(CLOSE.revoked, 'Your access was revoked'); return; }
  const token = await rotated(core, known.device, hello.token);
  const head = await core.store.head(WORKSPACE_ID);
  if (!isOpen()) return;
  const session: Session = { memberId: known.member.id, deviceId: known.device.id, tokenHash: hashSecret(token ?? hello.token), workerId: hello.workerId, version: hello.version, left: false, peer, watched: new Set() };
  peer.send({ type: 'welcome', version: PROTOCOL_VERSION, epoch: core.store.epoch, head, serverTime: Date.now(), self: known.member, workspaceName: core.settings.workspace().name, ...(token ? { token } : {}) });
  // From here on the socket's end must find the session, also while the answer below is still read from the store.
  begin(session);
  sessions.add(session);
  core.leases.take(session.memberId);
  peer.send({ type: 'presence', presence: presenceOf(core) });
  if (hello.cursor?.epoch === core.store.epoch && hello.cursor.seq <= head) await sendFeed(core, session, hello.cursor.seq);
  else await sendSnapshot(core, session);
  core.log.info({ memberId: session.memberId, workerId: hello.workerId, resumed: hello.cursor?.seq ?? null }, 'agent connected');
}

async function sendFeed(core: Core, session: Session, after: number): Promise<void> {
  const { peer, version } = session;
  for (let from = after, more = true; more;) {
    const page = await core.store.feed(WORKSPACE_ID, from, ROWS);
    if (version < GONE_SINCE && page.rows.some(({ kind }) => kind === 'gone')) return await sendSnapshot(core, session);
    more = page.more && page.to > from;
    peer.sendAnswer({ type: 'feed', from, to: page.to, rows: rowsFor(version, page.rows), ...(more ? { more } : {}) });
    from = page.to;
  }
}
/** A client of protocol 1 cannot be told that a conversation is gone: it forgets everything and holds what there is. */
const GONE_SINCE = 2;
function startOver(core: Core, session: Session): void {
  sendSnapshot(core, session).catch((error: unknown) => core.log.error({ error, memberId: session.memberId }, 'A client could not be told what was deleted; it is when it connects again'));
}

/** In seq order, so that a cursor in the middle of the answer is a true one. */
async function sendSnapshot(core: Core, { peer, version }: Session): Promise<void> {
  const { rows, to } = await core.store.snapshot(WORKSPACE_ID, WINDOW);
  const sorted = rows.toSorted((a: FeedRow, b: FeedRow) => a.row.seq - b.row.seq);
  let from = 0;
  for (let at = 0; at === 0 || at < sorted.length; at += ROWS) {
    const part = sorted.slice(at, at + ROWS);
    const more = at + ROWS < sorted.length;
    const reach = more ? part.at(-1)!.row.seq : to;
    peer.sendAnswer({ type: 'feed', from, to: reach, rows: rowsFor(version, part), ...(at === 0 ? { reset: true } : {}), ...(more ? { more } : {}) });
    from = reach;
  }
}

async function handle(hub: Hub, session: Session, frame: Exclude<AgentUp, { type: 'hello' }>): Promise<void> {
  const { core, watchers } = hub;
  const { peer } = session;
  switch (frame.type) {
    case 'ping':
      // A copied token may have been found by another node.
      if ((await core.store.deviceByHash(session.tokenHash))?.device.revokedAt) return peer.close(CLOSE.revoked, COPIED);
      return peer.send({ type: 'pong', head: await core.store.head(WORKSPACE_ID), serverTime: Date.now() });
    case 'sync': return await sendFeed(core, session, frame.after);
    case 'bye': session.left = true; return;
    case 'applied': return core.log.info({ workerId: session.workerId, memberId: session.memberId, seq: frame.seq, badge: frame.badge, alerted: frame.alerted }, 'applied');
    case 'unwatch': return unwatch(hub, session, frame.conversationId);
    case 'watch': {
      watchers.set(frame.conversationId, (watchers.get(frame.conversationId) ?? new Set()).add(session));
      session.watched.add(frame.conversationId);
      const messages = await core.store.messages(frame.conversationId, frame.after, MESSAGES_MAX);
      return peer.send({ type: 'messages', conversationId: frame.conversationId, from: frame.after, to: messages.reduce((to, one) => Math.max(to, one.seq), frame.after), messages });
    }
    case 'typing': return core.typing({ conversationId: frame.conversationId, who: 'agent', by: core.settings.member(session.memberId)?.name ?? '', member: session.memberId, on: frame.on });
    case 'draft': return void await core.act({ kind: 'conversation', id: uuid(), conversationId: frame.conversationId, what: { by: 'member', actor: actorOf(core, session), act: { type: 'member.draft' } } });
    case 'command': return await command(hub, session, frame);
  }
}
function unwatch({ watchers }: Hub, session: Session, id: ConversationId): void {
  session.watched.delete(id);
  const set = watchers.get(id);
  set?.delete(session);
  if (set?.size === 0) watchers.delete(id);
}
function actorOf(core: Core, { memberId }: Session) {
  const { id, name, role } = core.settings.member(memberId)!;
  return { id, name, role };
}

async function command({ core, codeFor }: Hub, session: Session, { id, command: asked }: Up<'command'>): Promise<void> {
  const { peer } = session;
  const actor = actorOf(core, session);
  if (!isAllowed(actor.role, asked.type, core.settings.workspace().agentsMaySwitch)) {
    core.metrics.refused.inc({ code: 'forbidden' });
    return peer.send({ type: 'nack', id, refusal: { code: 'forbidden', message: 'Your role may not do this.' } });
  }
  const done = await perform(core, actor, id, asked);
  if (!done.ok) return peer.send({ type: 'nack', id, refusal: done.refusal });
  const code = asked.type === 'member.code' ? await codeFor(asked.memberId, actor, id) : undefined;
  const result = { ...done.result, ...(code ? { code } : {}) };
  peer.send({ type: 'ack', id, ...(done.message ? { message: done.message } : {}), ...(done.note ? { note: done.note } : {}), ...(Object.keys(result).length > 0 ? { result } : {}) });
}
async function perform(core: Core, actor: ReturnType<typeof actorOf>, id: string, asked: Command): Promise<Committed> {
  if ('conversationId' in asked) return await core.act({ kind: 'conversation', id, conversationId: asked.conversationId, what: { by: 'member', actor, act: asked } });
  return await core.act({ kind: 'workspace', id, actor, command: asked });
}
