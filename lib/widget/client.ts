import { uuid } from '#lib/base/uuid.ts';
import type { VisitorCommand, VisitorHello } from '#lib/protocol/visitor.ts';
import { createLink } from './link.ts';
import type { WidgetClient } from './model.ts';
import { flush, receive } from './receive.ts';
import { createSession } from './session.ts';
import { createKeep, type Keep } from './storage.ts';

const VERSION = 1;

export interface ClientOptions {
  /** Any address on the companion. */
  companion: string; botId: string; keep?: Keep; WebSocketClass?: typeof WebSocket;
  page?: VisitorHello['page']; language?: string | null;
  /** `widget` unless said otherwise. */
  channel?: VisitorHello['channel'];
}

/** The visitor's end of the companion: resumes after cuts and reloads, sends each command until it is acknowledged. */
export function createClient(options: ClientOptions): WidgetClient {
  const session = createSession(options.keep ?? createKeep(options.botId));
  const { outbox, keep, show } = session;
  const url = new URL('/socket/visitor', options.companion);
  url.protocol = url.protocol.replace('http', 'ws');
  const link = createLink(url.href, {
    opened() {
      link.send({ type: 'hello', version: VERSION, botId: options.botId as VisitorHello['botId'], visitor: session.visitor, after: session.line.held, channel: options.channel ?? 'widget',
        page: options.page ?? null, language: options.language ?? null });
    },
    frame: (frame) => { receive(session, link, frame); },
    closed() {
      session.welcomed = false;
      show({ link: session.model().bot ? 'reconnecting' : 'connecting', typing: null, streaming: null });
    },
    isWaiting: () => session.model().deleted || session.model().conversation?.floor === 'team' || session.model().streaming !== null || outbox.entries().some(({ failed }) => !failed),
  }, options.WebSocketClass);
  const command = (frame: VisitorCommand): void => {
    outbox.add(frame);
    keep.set('talks', '1');
    link.hurry();
    flush(session, link);
    show({ deleted: false });
  };
  const id = <T>(): T => uuid() as T;
  show();
  return {
    get: session.model, subscribe: session.subscribe,
    send: (text) => { command({ type: 'message', id: id(), text }); },
    retry(message) {
      outbox.retry(message);
      flush(session, link);
      show();
    },
    escalate: () => { command({ type: 'escalate', id: id() }); },
    answerOffer: (messageId, accept) => { command({ type: 'offer', id: id(), messageId: messageId as never, accept }); },
    back: () => { command({ type: 'back', id: id() }); },
    leaveEmail: (email) => { command({ type: 'email', id: id(), email }); },
    feedback: (messageId, value) => { command({ type: 'feedback', id: id(), messageId: messageId as never, value }); },
    typing: (on) => { link.hurry(); if (session.welcomed) link.send({ type: 'typing', on }); },
    hurry: () => { link.hurry(); },
    close() {
      link.close();
      session.close();
    },
  };
}
