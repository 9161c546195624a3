import type { VisitorCommand, VisitorDown, VisitorHello } from '#lib/protocol/visitor.ts';
import { uuid } from '#lib/base/uuid.ts';
import type { WidgetClient, WidgetModel } from './model.ts';
import { apply, EMPTY, merge, type Timeline } from './timeline.ts';
import { createKeep, type Keep } from './storage.ts';
import { createLink } from './link.ts';
import { createOutbox } from './outbox.ts';
import { visitorOf } from './identity.ts';
import { WORDS } from './words.ts';

const VERSION = 1;
/** Errors that pass by themselves; any other error before the welcome means that this site or visitor is not let in. */
const PASSING = ['internal', 'draining', 'rate_limited'];

export interface ClientOptions {
  /** Any address on the companion. */
  companion: string; botId: string; keep?: Keep; WebSocketClass?: typeof WebSocket;
  page?: VisitorHello['page']; language?: string | null;
}

const START: WidgetModel = { bot: null, conversation: null, messages: [], pending: [], streaming: null, typing: null, link: 'connecting', refusedBecause: null, clockOffset: 0 };

/** The visitor's end of the companion: resumes after cuts and reloads, sends each command until it is acknowledged. */
export function createClient(options: ClientOptions): WidgetClient {
  const keep = options.keep ?? createKeep(options.botId);
  const outbox = createOutbox(keep);
  const visitor = visitorOf(keep);
  const listeners = new Set<() => void>();
  let model = START;
  let line: Timeline = EMPTY;
  let welcomed = false;
  const show = (change: Partial<WidgetModel> = {}): void => {
    const here = new Set<string>(line.messages.map((message) => message.id));
    const pending = outbox.entries().flatMap(({ frame, failed }) => frame.type === 'message' && !here.has(frame.id) ? [{ id: frame.id, text: frame.text, failed }] : []);
    model = { ...model, messages: line.messages, pending, ...change };
    for (const listener of listeners) listener();
  };
  const flush = (): void => { if (welcomed) for (const frame of outbox.take()) link.send(frame); };
  const command = (frame: VisitorCommand): void => {
    outbox.add(frame);
    keep.set('talks', '1');
    flush();
    show();
  };
  const fetchMissing = (): void => { link.send({ type: 'fetch', after: line.held }); };

  const welcome = (frame: Extract<VisitorDown, { type: 'welcome' }>): void => {
    const head = frame.conversation?.messageSeq ?? 0;
    const lost = head < line.held; // another history than ours, e.g. a restored server: the server is the truth
    line = lost ? EMPTY : { ...merge(line, frame.messages), held: head };
    welcomed = true;
    if (lost && head) fetchMissing();
    if (frame.conversation) keep.set('talks', '1');
    for (const message of line.messages) outbox.done(message.id);
    outbox.rewind();
    flush();
    show({ bot: frame.bot, conversation: frame.conversation, link: 'online', refusedBecause: null, streaming: null, typing: null, clockOffset: frame.serverTime - Date.now() });
  };
  const messages = (frame: Extract<VisitorDown, { type: 'messages' }>): void => {
    const next = apply(line, frame);
    if (!next) { fetchMissing(); return; }
    line = next;
    const done = frame.messages.some((message) => message.id === model.streaming?.id);
    const spoken = frame.messages.some((message) => message.kind === 'said' && message.author.kind !== 'visitor');
    show({ ...(done ? { streaming: null } : {}), ...(spoken ? { typing: null } : {}) });
  };
  const receive = (frame: VisitorDown): void => {
    switch (frame.type) {
      case 'welcome': welcome(frame); return;
      case 'messages': messages(frame); return;
      case 'conversation': show({ conversation: frame.conversation }); if (frame.conversation.messageSeq > line.held) fetchMissing(); return;
      case 'bot': show({ bot: frame.bot }); return;
      case 'ack': outbox.done(frame.id); if (frame.message) line = merge(line, [frame.message]); flush(); show(); return;
      case 'nack': refuse(frame); return;
      case 'delta': if (!line.messages.some((message) => message.id === frame.id)) show({ streaming: { id: frame.id, text: frame.text }, typing: null }); return;
      case 'typing': show({ typing: frame.on ? frame.by : null }); return;
      case 'pong': if (frame.messageSeq > line.held) fetchMissing(); return;
      case 'drain': link.pause(frame.retryAfterMs); return;
      case 'error':
        if (welcomed || PASSING.includes(frame.code)) return;
        link.close();
        show({ link: 'refused', refusedBecause: frame.message });
        return;
      default: // a newer companion's frame: not for this widget
    }
  };
  const refuse = (frame: Extract<VisitorDown, { type: 'nack' }>): void => {
    const entry = outbox.entries().find((each) => each.frame.id === frame.id);
    if (entry?.frame.type === 'message') outbox.fail(frame.id, frame.refusal.message || WORDS.failed);
    else outbox.done(frame.id);
    flush();
    show();
  };
  const url = new URL('/socket/visitor', options.companion);
  url.protocol = url.protocol.replace('http', 'ws');
  const link = createLink(url.href, {
    opened() {
      link.send({ type: 'hello', version: VERSION, botId: options.botId as VisitorHello['botId'], visitor, after: line.held, channel: 'widget',
        page: options.page ?? null, language: options.language ?? null });
    },
    frame: receive,
    closed() { welcomed = false; show({ link: model.bot ? 'reconnecting' : 'connecting', typing: null, streaming: null }); },
  }, options.WebSocketClass);
  show();

  const id = <T>(): T => uuid() as T;
  return {
    get: () => model,
    subscribe(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    send: (text) => { command({ type: 'message', id: id(), text }); },
    retry(message) { outbox.retry(message); flush(); show(); },
    escalate: () => { command({ type: 'escalate', id: id() }); },
    answerOffer: (messageId, accept) => { command({ type: 'offer', id: id(), messageId: messageId as never, accept }); },
    back: () => { command({ type: 'back', id: id() }); },
    leaveEmail: (email) => { command({ type: 'email', id: id(), email }); },
    feedback: (messageId, value) => { command({ type: 'feedback', id: id(), messageId: messageId as never, value }); },
    typing: (on) => { if (welcomed) link.send({ type: 'typing', on }); },
    close: () => { link.close(); listeners.clear(); },
  };
}
