import type { VisitorHello } from '#lib/protocol/visitor.ts';
import { visitorOf } from './identity.ts';
import type { WidgetModel } from './model.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type { Keep } from './storage.ts';
import { EMPTY, type Timeline } from './timeline.ts';

/** What one visitor's window holds; the link's frames and the visitor's acts both work on it. */
export interface Session {
  readonly keep: Keep; readonly outbox: Outbox;
  visitor: VisitorHello['visitor'];
  line: Timeline;
  /** Between `welcome` and the end of the socket: commands may be sent. */
  welcomed: boolean;
  model(): WidgetModel;
  /** Makes the model anew and tells whoever draws it. */
  show(change?: Partial<WidgetModel>): void;
  subscribe(listener: () => void): () => void;
  close(): void;
}

const START: WidgetModel = { bot: null, conversation: null, messages: [], pending: [], streaming: null, typing: null, link: 'connecting', refusedBecause: null, deleted: false, clockOffset: 0 };

/**
 * Everything this browser keeps of a visitor whose data was deleted goes, and a new visitor begins: under the old id, what
 * was sent but never acknowledged would be said again.
 */
export function startAnew(session: Session): void {
  const { keep, outbox, visitor } = session;
  // Another tab may have begun anew already; then its visitor is this browser's.
  if (visitorOf(keep).id === visitor.id) for (const key of keep.keys()) keep.remove(key);
  outbox.forget();
  session.visitor = visitorOf(keep);
  session.line = EMPTY;
  session.welcomed = false;
  session.show({ conversation: null, streaming: null, typing: null, deleted: true });
}

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
