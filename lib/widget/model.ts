import type { Message } from '#lib/protocol/message.ts';
import type { VisitorBot, VisitorConversation } from '#lib/protocol/visitor.ts';

/** A visitor's words on their way. */
export interface Pending { id: string; text: string; failed: string | null }

/** Everything the view shows; the options page's live preview makes one by hand. */
export interface WidgetModel {
  bot: VisitorBot | null; conversation: VisitorConversation | null;
  messages: readonly Message[]; pending: readonly Pending[];
  /** A bot's answer as it grows. */
  streaming: { id: string; text: string } | null;
  typing: 'bot' | 'agent' | null;
  link: 'connecting' | 'online' | 'reconnecting' | 'refused'; refusedBecause: string | null;
  /** What this browser had said before was deleted; until the visitor writes again. */
  deleted: boolean;
  /** Server − local clock, ms; now = Date.now() + clockOffset. */
  clockOffset: number;
}

/** What a visitor can do. */
export interface WidgetActions {
  send(text: string): void; retry(id: string): void;
  escalate(): void; answerOffer(messageId: string, accept: boolean): void; back(): void; leaveEmail(email: string): void;
  feedback(messageId: string, value: 'up' | 'down'): void; typing(on: boolean): void;
}

/** Client of the companion without a framework: `lib/widget/client.ts` implements it; the preview fakes it. */
export interface WidgetClient extends WidgetActions {
  get(): WidgetModel;
  /** Returns how to stop. */
  subscribe(listener: () => void): () => void;
  /** Comes back at once if the link is down: the person wants it now. */
  hurry(): void;
  close(): void;
}
