import type { Presence } from '#lib/protocol/agent.ts';
import type { Command } from '#lib/protocol/command.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { BotId, CommandId, ConversationId } from '#lib/protocol/ids.ts';
import type { KnowledgeProposal } from '#lib/protocol/knowledge.ts';
import type { Message, Note } from '#lib/protocol/message.ts';
import type { CommandAnswer, LinkState } from '#lib/protocol/runtime.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { Filter } from '#components/inbox/filter.ts';
import type { Tab } from '#components/inbox/queue.ts';
import type { StorageState } from '#components/connection/storage-notes.tsx';
import type { TurnsOf } from '#components/why/bot-turns.tsx';
import type { Pending } from '#components/thread/pending.ts';

export type DraftMode = 'reply' | 'note';

/** What the list shows. `source`: where its rows come from, said on screen when it is not the whole truth. */
export interface ListData { rows: Conversation[] | null; more: boolean; source: 'live' | 'server' | 'cache' }

/** The open conversation. `conversation` null: it is not (or no longer) known here. */
export interface OpenData {
  conversation: Conversation | null; messages: Message[]; notes: Note[]; pending: Pending[];
  drafts: Record<DraftMode, string>; typing: string | null; hasOlder: boolean;
  /** It was deleted, so nobody has it any more. */
  isDeleted: boolean;
}

/** Everything the desk shows, from whoever wires it. */
export interface DeskData {
  link: LinkState; clockOffset: number; self: Member | null; workspaceName: string; workspace: Workspace | null;
  bots: Bot[]; presence: Presence | null; counts: Record<'waiting' | 'mine' | 'email', number>;
  storage: StorageState;
  list: ListData;
  /** Whose conversation was deleted before this agent's words reached it. */
  undelivered: { id: ConversationId; name: string; unsent: number }[];
  /** null while its first rows load. */
  open: OpenData | null;
}

export interface View { tab: Tab; filter: Filter; selectedId: ConversationId | null }

/** Everything the desk can do. */
export interface DeskActs {
  setView: (change: Partial<View>) => void;
  /** Answered by the companion's word. */
  command: (command: Command) => Promise<CommandAnswer>;
  /** Into the outbox: shown at once, sent exactly once. */
  post: (command: Pending['command']) => Promise<void>;
  retry: (id: CommandId, force?: { seen: number }) => Promise<void>;
  discard: (id: CommandId) => Promise<void>;
  saveDraft: (conversationId: ConversationId, mode: DraftMode, text: string) => void;
  typing: (conversationId: ConversationId, on: boolean) => void;
  loadOlder: () => void; loadMore: () => void;
  /** The author has read that words came back. */
  restoredSeen: () => void;
  reconnect: () => void; openOptions: () => void; openPage?: (() => void) | undefined;
  /** Null when saved, or why not. Absent: this role may not. */
  exportCsv?: (() => Promise<string | null>) | undefined;
  /** Everything kept of a conversation's visitor, as a file. The same answers. */
  exportVisitor?: ((conversation: Conversation) => Promise<string | null>) | undefined;
  /** Proposes an answer to be the bot's. Null when done, or why not. */
  propose?: ((botId: BotId, proposal: KnowledgeProposal) => Promise<string | null>) | undefined;
  undeliveredSeen: () => void;
  /** How the bot came to its turns, oldest first; or why that cannot be shown, in words. */
  turnsOf: TurnsOf;
}

/** Null when done, or why not, in words for the person who tried. */
export function refusalWords(answer: CommandAnswer): string | null {
  if (answer.ok) return null;
  if ('refusal' in answer) return answer.refusal.message;
  return answer.failed === 'offline' ? 'You’re offline. Try again when the connection is back.' : 'The companion didn’t answer. Try again.';
}
