import type { VisitorDown } from '#lib/protocol/visitor.ts';
import type { Link } from './link.ts';
import { startAnew, type Session } from './session.ts';
import { apply, EMPTY, merge } from './timeline.ts';
import { WORDS } from './words.ts';

type Down<T extends VisitorDown['type']> = Extract<VisitorDown, { type: T }>;
/** Errors that pass by themselves; any other error before the welcome means that this site or visitor is not let in. */
const PASSING = ['internal', 'draining', 'rate_limited'];
/** Until what was refused for now is tried again, ms. */
const AGAIN_MS = 3_000;

/** Sends what waits, as far as the window allows. */
export function flush(session: Session, link: Link): void {
  if (session.welcomed) for (const frame of session.outbox.take()) link.send(frame);
}

const fetchMissing = (session: Session, link: Link): void => { link.send({ type: 'fetch', after: session.line.held }); };

/** What each frame of the companion does to the session. Unknown types are a newer companion's and not for this widget. */
export function receive(session: Session, link: Link, frame: VisitorDown): void {
  const { outbox, show } = session;
  switch (frame.type) {
    case 'welcome': welcome(session, link, frame); return;
    case 'messages': messages(session, link, frame); return;
    case 'conversation':
      // Law 1: what the bot was about to say is said no more.
      show({ conversation: frame.conversation, ...(frame.conversation.floor === 'team' ? { streaming: null } : {}) });
      if (frame.conversation.messageSeq > session.line.held) fetchMissing(session, link);
      return;
    case 'bot': show({ bot: frame.bot }); return;
    case 'ack':
      outbox.done(frame.id);
      if (frame.message) session.line = merge(session.line, [frame.message]);
      flush(session, link);
      show();
      return;
    case 'nack': refuse(session, link, frame); return;
    case 'delta': grow(session, frame); return;
    case 'typing': show({ typing: frame.on ? frame.by : null }); return;
    case 'pong': if (frame.messageSeq > session.line.held) fetchMissing(session, link); return;
    case 'drain': link.pause(frame.retryAfterMs); return;
    case 'error': error(session, link, frame); return;
    default:
  }
}

function grow({ line, model, show }: Session, { id, text }: Down<'delta'>): void {
  if (text === '') { if (model().streaming?.id === id) show({ streaming: null }); return; }
  if (model().conversation?.floor === 'team' || line.messages.some((message) => message.id === id)) return;
  show({ streaming: { id, text }, typing: null });
}

function welcome(session: Session, link: Link, frame: Down<'welcome'>): void {
  const { keep, outbox, line } = session;
  const head = frame.conversation?.messageSeq ?? 0;
  // Another history than ours (a restored server, an archived conversation): the server is the truth.
  const lost = head < line.held || isOther(session, frame.messages[0]?.conversationId);
  session.line = lost ? EMPTY : { ...merge(line, frame.messages), held: head };
  session.welcomed = true;
  if (lost && head) fetchMissing(session, link);
  if (frame.conversation) keep.set('talks', '1');
  for (const message of session.line.messages) outbox.done(message.id);
  outbox.rewind();
  flush(session, link);
  session.show({ bot: frame.bot, conversation: frame.conversation, link: 'online', refusedBecause: null, streaming: null, typing: null, clockOffset: frame.serverTime - Date.now() });
}

function isOther({ line }: Session, conversationId: string | undefined): boolean {
  const held = line.messages[0]?.conversationId;
  return held !== undefined && conversationId !== undefined && held !== conversationId;
}

function messages(session: Session, link: Link, frame: Down<'messages'>): void {
  if (isOther(session, frame.messages[0]?.conversationId)) session.line = EMPTY;
  const next = apply(session.line, frame);
  if (!next) return fetchMissing(session, link);
  session.line = next;
  const spoken = frame.messages.some((message) => message.kind === 'said' && message.author.kind !== 'visitor');
  // What was growing is said now, or something else happened in its place.
  const over = spoken || frame.messages.some(({ kind }) => kind === 'happened');
  session.show({ ...(over ? { streaming: null } : {}), ...(spoken ? { typing: null } : {}) });
}

function refuse(session: Session, link: Link, frame: Down<'nack'>): void {
  const { outbox } = session;
  // Sent again to the companion that comes after this one.
  if (frame.refusal.code === 'draining') return;
  const entry = outbox.entries().find((each) => each.frame.id === frame.id);
  if (entry && entry.frame.type !== 'message' && PASSING.includes(frame.refusal.code)) {
    // A request for a person has no row on screen that could say "Retry".
    setTimeout(() => { outbox.retry(frame.id); flush(session, link); }, AGAIN_MS);
    return;
  }
  if (entry?.frame.type === 'message') outbox.fail(frame.id, frame.refusal.message || WORDS.failed);
  else outbox.done(frame.id);
  flush(session, link);
  session.show();
}

function error(session: Session, link: Link, frame: Down<'error'>): void {
  // The socket is closed after it, and the next one is the new visitor's.
  if (frame.code === 'deleted') return startAnew(session);
  if (session.welcomed || PASSING.includes(frame.code)) return;
  link.close();
  session.show({ link: 'refused', refusedBecause: frame.message });
}
