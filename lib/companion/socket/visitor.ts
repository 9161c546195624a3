import type { WebSocket } from 'ws';
import { CLOSE } from '#lib/protocol/agent.ts';
import type { Refusal } from '#lib/protocol/command.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';
import { RESTART_MS, reconnectAfter } from '#lib/base/reconnect.ts';
import { MIN_SUPPORTED, PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { VisitorUp, type VisitorCommand, type VisitorDown, type VisitorHello } from '#lib/protocol/visitor.ts';
import type { VisitorRef } from '#lib/handoff/op.ts';
import { conversationOf, type Core } from '../core.ts';
import { hashSecret } from '../secrets.ts';
import type { Commit } from '../store/store.ts';
import { forVisitor } from './for-visitor.ts';
import { createPeer, type Caller, type Peer } from './peer.ts';
import { createUnderWay } from './under-way.ts';
import { actOf, botView, conversationView, DELETED, doorRefusal } from './visitor-door.ts';
import { createVisitorSessions, type VisitorSession as Session, type VisitorSessions } from './visitor-sessions.ts';

const MESSAGES_MAX = 500;
export interface VisitorHub {
  accept(socket: WebSocket, caller: Caller): void;
  /** Everybody hears that they shall come back; resolves when what was under way is answered, at the latest after `withinMs`. */
  drain(withinMs: number): Promise<void>;
}

export function createVisitorHub(core: Core): VisitorHub {
  const sessions = createVisitorSessions();
  const underWay = createUnderWay();
  const queue = createQueueRefresh(core, sessions);
  core.onCommit((commit) => {
    const gone = new Set(commit.rows.flatMap((one) => (one.kind === 'gone' ? [one.row.id] : [])));
    if (gone.size > 0) { tellGone(sessions, gone); queue.left(gone); }
    const conversation = conversationOf(commit);
    if (conversation) { tellConversation(core, sessions, commit, conversation); queue.changed(conversation); }
    if (commit.rows.some((row) => row.kind === 'bot' || row.kind === 'workspace')) tellBots(core, sessions);
  });
  core.onPresence(() => tellBots(core, sessions));
  core.onTyping(({ conversationId, who, on }) => {
    if (who === 'visitor') return;
    for (const one of sessions.talking(conversationId)) one.peer.send({ type: 'typing', by: who, on });
  });
  core.onDelta(({ conversationId, id, text }) => {
    // Law 1 for words that are stored nowhere: once the team has the floor, none of the bot's arrive.
    for (const { peer, conversation, greeted } of sessions.talking(conversationId)) if (greeted && (conversation?.floor === 'bot' || text === '')) peer.send({ type: 'delta', id, text });
  });
  return {
    accept(socket, caller) {
      const { address, host } = caller;
      let session: Session | null = null;
      const mayAct = core.visitorLimits.window(address);
      createPeer<VisitorUp, VisitorDown>({ core, kind: 'visitor', socket, caller, schema: VisitorUp, underWay }, {
        async frame(frame, peer) {
          if (frame.type === 'hello') { await greet(core, sessions, peer, frame, host, () => socket.readyState === socket.OPEN, (made) => { session = made; }); return; }
          if (!session) return peer.send({ type: 'error', code: 'malformed', message: 'Wait for the welcome first.' });
          if (frame.type === 'ping') return peer.send({ type: 'pong', messageSeq: session.conversation?.messageSeq ?? 0, serverTime: Date.now() });
          if (frame.type === 'fetch') return await fetchMessages(core, session, frame.after);
          if (frame.type === 'typing') { if (session.conversation) core.typing({ conversationId: session.conversation.id, who: 'visitor', by: session.conversation.visitor.name, member: null, on: frame.on }); return; }
          if (underWay.isEnding()) return peer.send({ type: 'nack', id: frame.id, refusal: { code: 'draining', message: 'The companion is restarting. Try again in a moment.' } });
          if (!mayAct(frame.type, Date.now())) { core.metrics.refused.inc({ code: 'rate_limited' }); return peer.send({ type: 'nack', id: frame.id, refusal: { code: 'rate_limited', message: 'That was very fast. Wait a moment, then try again.' } }); }
          await command(core, session, frame);
        },
        closed() { if (session) sessions.leave(session); },
      });
    },
    drain(withinMs) {
      for (const { peer, conversation } of sessions.all()) peer.send({ type: 'drain', retryAfterMs: RESTART_MS + reconnectAfter(conversation?.floor === 'team' ? 'waiting' : 'idle', 0, Math.random()) });
      return underWay.end(withinMs);
    },
  };
}

async function greet(core: Core, sessions: VisitorSessions, peer: Peer<VisitorDown>, hello: VisitorHello, host: string, isOpen: () => boolean, begin: (session: Session) => void): Promise<void> {
  const stop = (code: number, name: string, message: string): void => {
    core.metrics.refused.inc({ code: name });
    peer.send({ type: 'error', code: name, message });
    peer.close(code, name);
  };
  if (hello.version < MIN_SUPPORTED) return stop(CLOSE.tooOld, 'too_old', 'This chat window is too old for the companion. Reload the page.');
  const refused = await doorRefusal(core, hello, peer.origin, host);
  if (refused) {
    if (core.visitorLimits.mayHint(Date.now())) core.log.warn({ botId: hello.botId, origin: peer.origin.slice(0, 200) }, refused.hint);
    return stop(CLOSE.revoked, refused.code, refused.words);
  }
  const secretHash = hashSecret(hello.visitor.secret);
  const conversation = await core.store.visitorConversation(hello.botId, hello.visitor.id, secretHash);
  if (conversation === 'denied') return stop(CLOSE.unauthenticated, 'wrong_secret', 'This visitor id belongs to another browser.');
  if (conversation === 'gone') return stop(CLOSE.deleted, 'deleted', DELETED);
  if (!isOpen()) return;
  const ref: VisitorRef = { visitorId: hello.visitor.id, secretHash, botId: hello.botId, channel: hello.channel, page: hello.page, language: hello.language };
  const session: Session = { ref, peer, conversation, bot: '', view: '', greeted: false };
  // Before the awaits below: the socket's end must find the session.
  begin(session);
  sessions.enter(session);
  const messages = conversation ? await core.store.messages(conversation.id, hello.after, MESSAGES_MAX) : [];
  const bot = botView(core, ref.botId);
  const view = conversation ? await conversationView(core, conversation) : null;
  session.bot = JSON.stringify(bot);
  session.view = JSON.stringify(view && { ...view, messageSeq: 0 });
  peer.send({ type: 'welcome', version: PROTOCOL_VERSION, serverTime: Date.now(), bot, conversation: view, messages: messages.map(forVisitor) });
  session.greeted = true;
  // What was committed while all this was read: the welcome says how far it reaches, so it follows on that.
  if (session.conversation === conversation) return;
  await fetchMessages(core, session, conversation?.messageSeq ?? 0);
  await tellView(core, session);
}

function tellGone(sessions: VisitorSessions, gone: ReadonlySet<ConversationId>): void {
  for (const id of gone) for (const { peer } of sessions.talking(id)) {
    peer.send({ type: 'error', code: 'deleted', message: DELETED });
    peer.close(CLOSE.deleted, 'deleted');
  }
}

function tellConversation(core: Core, sessions: VisitorSessions, commit: Commit, conversation: Conversation): void {
  const open = [...sessions.of(conversation.botId, conversation.visitor.id)];
  if (open.length === 0) return;
  const { stream } = commit;
  const text = stream && JSON.stringify({ type: 'messages', from: stream.from, to: stream.to, messages: stream.messages.map(forVisitor) } satisfies VisitorDown);
  for (const session of open) {
    if (session.conversation && session.conversation.id === conversation.id && session.conversation.seq > conversation.seq) continue;
    sessions.converse(session, conversation);
    if (!session.greeted) continue;
    if (text) session.peer.sendText(text);
    void tellView(core, session);
  }
}
async function tellView(core: Core, session: Session): Promise<void> {
  const { conversation } = session;
  if (!conversation) return;
  try {
    const view = await conversationView(core, conversation);
    // Each message moves `messageSeq`; its own frame says that already.
    const text = JSON.stringify({ ...view, messageSeq: 0 });
    if (text === session.view || session.conversation !== conversation) return;
    session.view = text;
    session.peer.send({ type: 'conversation', conversation: view });
  } catch (error) {
    core.log.warn({ error, conversationId: conversation.id }, 'A visitor could not be told of a change; the next ping finds it');
  }
}
function tellBots(core: Core, sessions: VisitorSessions): void {
  for (const session of sessions.all()) {
    const bot = botView(core, session.ref.botId);
    const text = JSON.stringify(bot);
    if (text === session.bot) continue;
    session.bot = text;
    session.peer.send({ type: 'bot', bot });
  }
}
/** Places change for everybody behind: told together, soon after. */
function createQueueRefresh(core: Core, sessions: VisitorSessions): { changed(conversation: Conversation): void; left(gone: ReadonlySet<ConversationId>): void } {
  let timer: NodeJS.Timeout | null = null;
  const known = new Set<ConversationId>();
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      for (const one of sessions.all()) if (one.conversation?.status === 'escalated' && !one.conversation.claim) void tellView(core, one);
    }, 50);
  };
  return {
    changed(one) {
      const waits = one.status === 'escalated' && !one.claim && one.floor === 'team';
      const waited = known.has(one.id);
      if (waits) known.add(one.id); else known.delete(one.id);
      if (waited ? !waits : waits || one.claim || one.status === 'resolved') soon();
    },
    left(gone) { for (const id of gone) if (known.delete(id)) soon(); },
  };
}

async function fetchMessages(core: Core, session: Session, after: number): Promise<void> {
  const { conversation } = session;
  if (!conversation) return session.peer.send({ type: 'messages', from: after, to: after, messages: [] });
  const messages = await core.store.messages(conversation.id, after, MESSAGES_MAX);
  session.peer.send({ type: 'messages', from: after, to: messages.reduce((to, one) => Math.max(to, one.seq), after), messages: messages.map(forVisitor) });
}

async function command(core: Core, session: Session, frame: VisitorCommand): Promise<void> {
  const done = await core.act({ kind: 'visitor', id: frame.id, visitor: session.ref, act: actOf(frame) });
  if (!done.ok) return session.peer.send({ type: 'nack', id: frame.id, refusal: done.refusal satisfies Refusal });
  session.peer.send({ type: 'ack', id: frame.id, ok: true, ...(done.message && !done.commit ? { message: forVisitor(done.message) } : {}) });
}
