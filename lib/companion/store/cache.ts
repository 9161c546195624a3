import { must } from '#lib/base/must.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Bot, Workspace } from '#lib/protocol/settings.ts';
import { body, type Sql } from './sql.ts';

const MOST = 5_000;

/**
 * What the writer has just read or written. It is the only writer, so what is here is true; after a rollback it is
 * forgotten. Conversation rows touched by a batch are written once, at its end.
 */
export interface Cache {
  conversation(id: string): Conversation | null;
  /** Null also for a bot of another workspace: nothing crosses workspaces. */
  bot(id: string, workspaceId: string): Bot | null;
  workspace(id: string): Workspace | null;
  put(conversation: Conversation, workspaceId: string): void;
  /** Settings changed: read them again. */
  forgetSettings(): void;
  forget(): void;
  /** Conversations put since the last call, with their workspace. */
  takeDirty(): [conversation: Conversation, workspaceId: string][];
}

export function createCache(sql: Sql): Cache {
  const conversations = new Map<string, Conversation>();
  const settings = new Map<string, unknown>();
  const dirty = new Map<string, string>();
  const setting = <T>(key: string, read: () => T | null): T | null => {
    if (!settings.has(key)) settings.set(key, read());
    return settings.get(key) as T | null;
  };
  return {
    conversation(id) {
      const known = conversations.get(id);
      if (known) return known;
      const found = body<Conversation>(sql('select body from conversation where id = ?').get(id));
      if (found) conversations.set(id, found);
      return found;
    },
    bot: (id, workspaceId) => setting(`bot ${workspaceId} ${id}`, () => body<Bot>(sql('select body from bot where id = ? and workspace = ?').get(id, workspaceId))),
    workspace: (id) => setting(`workspace ${id}`, () => body<Workspace>(sql('select body from workspace where id = ?').get(id))),
    put(conversation, workspaceId) {
      conversations.set(conversation.id, conversation);
      dirty.set(conversation.id, workspaceId);
    },
    forgetSettings: () => settings.clear(),
    forget() {
      conversations.clear();
      settings.clear();
      dirty.clear();
    },
    takeDirty() {
      const rows = [...dirty].map(([id, workspaceId]): [Conversation, string] => [must(conversations.get(id), 'cached conversation'), workspaceId]);
      dirty.clear();
      if (conversations.size > MOST) conversations.clear();
      return rows;
    },
  };
}
