import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Command, Refusal } from '#lib/protocol/command.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { CommandId, ConversationId } from '#lib/protocol/ids.ts';
import type { Message, Note } from '#lib/protocol/message.ts';
import type { Presence } from '#lib/protocol/agent.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { LinkState } from '#lib/protocol/runtime.ts';
import type { Forgotten } from './gone.ts';

/** An agent's words on their way: the optimistic row on screen and the entry to send are this one row (law 8). */
export interface OutboxEntry {
  /** Also the id of the message or note it becomes. */
  id: CommandId; conversationId: ConversationId;
  /** Order of writing: first in, first out per conversation. */
  order: number; at: number; command: Extract<Command, { type: 'message.send' | 'note.add' }>;
  /** `held`: a colleague wrote since (law 7); `failed`: refused. Neither is sent again unless the author says so. */
  state: 'queued' | 'sent' | 'held' | 'failed'; refusal: Refusal | null;
  /** How often the companion could not do it, in a row. */
  tries?: number;
}

/** How far one conversation's messages are held: everything with seq ≤ `seq`. Written with the rows. */
export interface Stream { conversationId: ConversationId; seq: number }

/** One row per key, each written in the transaction of what it describes. */
export type MetaRow =
  | { key: 'cursor'; epoch: string; seq: number }
  | { key: 'self'; member: Member; workspaceName: string; companion: string }
  | { key: 'link'; state: LinkState; clockOffset: number }
  | { key: 'presence'; presence: Presence }
  /** Words that came back after the database was lost; until their author has read so. */
  | { key: 'restored'; replies: { id: CommandId; conversationId: ConversationId }[] }
  /** What build `build` could not read and left out: another build asks for everything anew. `unread` counts what is broken, `newer` what is only news. */
  | { key: 'skipped'; build: string; unread: number; newer: number }
  | { key: 'gone'; conversations: Forgotten[] }
  | { key: 'typing'; conversations: Record<string, { who: string; until: number }> };

/** Written by pages, on input; never by the worker. Key `conversationId:mode`, so drafts never cross. */
export interface DraftRow { key: string; conversationId: ConversationId; mode: 'reply' | 'note'; text: string; at: number }

export type Database = Dexie & {
  conversation: EntityTable<Conversation, 'id'>;
  message: EntityTable<Message, 'id'>;
  note: EntityTable<Note, 'id'>;
  bot: EntityTable<Bot, 'id'>;
  member: EntityTable<Member, 'id'>;
  workspace: EntityTable<Workspace, 'id'>;
  stream: EntityTable<Stream, 'conversationId'>;
  outbox: EntityTable<OutboxEntry, 'id'>;
  draft: EntityTable<DraftRow, 'key'>;
  meta: Table<MetaRow, MetaRow['key']>;
};

/** Keyset order everywhere: `offset` and `count` cost hundreds of ms at 100,000 rows. */
export function openDatabase(name = 'baton'): Database {
  const db = new Dexie(name) as Database;
  db.version(1).stores({
    conversation: 'id, lastAt, [status+lastAt], [botId+lastAt]',
    message: 'id, [conversationId+index]',
    note: 'id, [conversationId+at]',
    bot: 'id', member: 'id', workspace: 'id', stream: 'conversationId',
    outbox: 'id, order, [conversationId+order]', draft: 'key, conversationId', meta: 'key',
  });
  // Another context upgrades: let go at once, or it hangs; the next use reopens.
  db.on('versionchange', () => db.close({ disableAutoOpen: false }));
  return db;
}
