import type { ConversationId, MemberId, MessageId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Commit } from '../store/store.ts';

/** Somebody writes; lives as long as it is on a screen and is stored nowhere. `by` is a name, `member` whose own screens need not hear it. */
export interface Typing { conversationId: ConversationId; who: 'visitor' | 'agent' | 'bot'; by: string; member: MemberId | null; on: boolean }

/** A bot's answer as it grows, whole each time; empty: it was taken back. As short-lived as typing. @property id the message's, once it is said */
export interface Delta { conversationId: ConversationId; id: MessageId; text: string }

/** What nodes tell each other. `bell`: something up to seq `to` was committed, read it. `presence`: a lease began or ended. */
export type Hint =
  | { kind: 'commit'; workspaceId: WorkspaceId; commit: Commit }
  | { kind: 'bell'; workspaceId: WorkspaceId; to: number }
  | { kind: 'presence'; workspaceId: WorkspaceId }
  | { kind: 'typing'; workspaceId: WorkspaceId; typing: Typing }
  /** Lost when it is too large for the bus: the message comes anyway. */
  | { kind: 'delta'; workspaceId: WorkspaceId; delta: Delta };

/**
 * Hints between the nodes of a deployment; the publishing node hears its own at once. Any of them may be lost, doubled or
 * out of order: truth and order come from the store (follow.ts).
 */
export interface Bus {
  publish(hint: Hint): void;
  /** Returns how to stop. */
  subscribe(workspaceId: WorkspaceId, listener: (hint: Hint) => void): () => void;
  close(): Promise<void>;
}
