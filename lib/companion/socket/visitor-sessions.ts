import type { Conversation } from '#lib/protocol/conversation.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';
import type { VisitorDown } from '#lib/protocol/visitor.ts';
import type { VisitorRef } from '#lib/handoff/op.ts';
import type { Peer } from './peer.ts';

/** One chat window. `bot` and `view` are what it was told last, as JSON. */
export interface VisitorSession { ref: VisitorRef; peer: Peer<VisitorDown>; conversation: Conversation | null; bot: string; view: string }

/** Chat windows that are open, found by their visitor and by their conversation without a look at the others. */
export interface VisitorSessions {
  enter(session: VisitorSession): void;
  leave(session: VisitorSession): void;
  /** The session's conversation is this one from now on. */
  converse(session: VisitorSession, conversation: Conversation): void;
  of(botId: string, visitorId: string): Iterable<VisitorSession>;
  talking(id: ConversationId): Iterable<VisitorSession>;
  all(): Iterable<VisitorSession>;
}

function createIndex(): { add(key: string, session: VisitorSession): void; remove(key: string, session: VisitorSession): void; of(key: string): Iterable<VisitorSession> } {
  const sets = new Map<string, Set<VisitorSession>>();
  return {
    add: (key, session) => void sets.set(key, (sets.get(key) ?? new Set()).add(session)),
    remove(key, session) {
      const set = sets.get(key);
      set?.delete(session);
      if (set?.size === 0) sets.delete(key);
    },
    of: (key) => sets.get(key) ?? [],
  };
}

export function createVisitorSessions(): VisitorSessions {
  const everybody = new Set<VisitorSession>();
  const [visitors, conversations] = [createIndex(), createIndex()];
  const keyOf = (botId: string, visitorId: string): string => `${botId} ${visitorId}`;
  return {
    enter(session) {
      everybody.add(session);
      visitors.add(keyOf(session.ref.botId, session.ref.visitorId), session);
      if (session.conversation) conversations.add(session.conversation.id, session);
    },
    leave(session) {
      everybody.delete(session);
      visitors.remove(keyOf(session.ref.botId, session.ref.visitorId), session);
      if (session.conversation) conversations.remove(session.conversation.id, session);
    },
    converse(session, conversation) {
      if (session.conversation?.id !== conversation.id) {
        if (session.conversation) conversations.remove(session.conversation.id, session);
        if (everybody.has(session)) conversations.add(conversation.id, session);
      }
      session.conversation = conversation;
    },
    of: (botId, visitorId) => visitors.of(keyOf(botId, visitorId)),
    talking: conversations.of, all: () => everybody,
  };
}
