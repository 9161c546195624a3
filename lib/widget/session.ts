import type { VisitorHello } from '#lib/protocol/visitor.ts';
import { visitorOf } from './identity.ts';
import type { WidgetModel } from './model.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type { Keep } from './storage.ts';
import { EMPTY, type Timeline } from './timeline.ts';

/** What one visitor's window holds; the link's frames and the visitor's acts both work on it. */
export interface Session {
  readonly keep: Keep; readonly outbox: Outbox; readonly visitor: VisitorHello['visitor'];
  line: Timeline;
  /** Between `welcome` and the end of the socket: commands may be sent. */
  welcomed: boolean;
  model(): WidgetModel;
  /** Makes the model anew and tells whoever draws it. */
  show(change?: Partial<WidgetModel>): void;
  subscribe(listener: () => void): () => void;
  close(): void;
}

const START: WidgetModel = { bot: null, conversation: null, messages: [], pending: [], streaming: null, typing: null, link: 'connecting', refusedBecause: null, clockOffset: 0 };

export function createSession(keep: Keep): Session {
  const outbox = createOutbox(keep);
  const listeners = new Set<() => void>();
  let model = START;
  const session: Session = {
    keep, outbox, visitor: visitorOf(keep), line: EMPTY, welcomed: false,
    model: () => model,
    show(change = {}) {
      const here = new Set<string>(session.line.messages.map((message) => message.id));
      const pending = outbox.entries().flatMap(({ frame, failed }) => frame.type === 'message' && !here.has(frame.id) ? [{ id: frame.id, text: frame.text, failed }] : []);
      model = { ...model, messages: session.line.messages, pending, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    close: () => { listeners.clear(); },
  };
  return session;
}
