import { useLiveQuery } from 'dexie-react-hooks';
import { openDatabase, type Database, type MetaRow } from '#lib/db/schema.ts';
import type { Presence } from '#lib/protocol/agent.ts';
import type { LinkState } from '#lib/protocol/runtime.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { Unsent } from '#components/settings/connected-card.tsx';

const db: Database = openDatabase();

export interface OptionsData {
  self: Extract<MetaRow, { key: 'self' }> | null; link: LinkState; clockOffset: number; presence: Presence;
  bots: Bot[]; members: Member[]; workspace: Workspace | null;
}

async function read(): Promise<OptionsData> {
  const [self, link, presence, bots, members, workspaces] = await Promise.all([
    db.meta.get('self'), db.meta.get('link'), db.meta.get('presence'), db.bot.toArray(), db.member.toArray(), db.workspace.toArray()]);
  return {
    self: self?.key === 'self' ? self : null,
    link: link?.key === 'link' ? link.state : { name: 'unpaired' }, clockOffset: link?.key === 'link' ? link.clockOffset : 0,
    presence: presence?.key === 'presence' ? presence.presence : { connected: [], unreachable: [] },
    bots: bots.sort((one, other) => one.createdAt - other.createdAt), members, workspace: workspaces[0] ?? null,
  };
}

/** Everything the settings show, live; undefined until first read. */
export const useOptionsData = (): OptionsData | undefined => useLiveQuery(read, []);

/** Replies and notes that were not sent yet, each with whom it is for. */
export const useUnsent = (): Unsent[] => useLiveQuery(async () => {
  const entries = await db.outbox.orderBy('order').toArray();
  const conversations = await db.conversation.bulkGet(entries.map((entry) => entry.conversationId));
  return entries.map((entry, at) => ({ id: entry.id, visitor: conversations[at]?.visitor.name ?? 'A visitor', text: entry.command.text }));
}, []) ?? [];
