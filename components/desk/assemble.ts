import type { Presence } from '#lib/protocol/agent.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { LinkState } from '#lib/protocol/runtime.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import { passes, passesBesidesText } from '#components/inbox/filter.ts';
import { hasEmail, isMine, isWaiting, rowsOf } from '#components/inbox/queue.ts';
import type { StorageState } from '#components/connection/storage-notes.tsx';
import type { DeskData, ListData, OpenData, View } from './model.ts';

/** What the wiring reads, before the desk's rules are applied. */
export interface DeskSource {
  link: LinkState; clockOffset: number; self: Member | null; workspaceName: string; workspace: Workspace | null; bots: Bot[]; presence: Presence | null; storage: StorageState;
  /** Every escalated conversation held, and the open ones that left an e-mail. null: loading. */
  active: Conversation[] | null;
  /** The latest of All that are held here, and what the companion found. */
  latest: Conversation[] | null; found: { rows: Conversation[]; more: boolean } | null;
  /** More than `latest` is held here. */
  moreHeld: boolean;
  open: OpenData | null;
  undelivered: DeskData['undelivered'];
}

/** Rows by id: the newest state of each wins, whichever way it came. */
function newest(rows: Conversation[]): Conversation[] {
  const byId = new Map<string, Conversation>();
  for (const row of rows) {
    const held = byId.get(row.id);
    if (!held || held.seq < row.seq) byId.set(row.id, row);
  }
  return [...byId.values()];
}

function allRows({ latest, found, link, moreHeld }: DeskSource, { filter }: View): ListData {
  if (latest === null) return { rows: null, more: false, source: 'live' };
  const held = latest.filter((one) => passes(filter, one));
  if (found === null) return { rows: rowsOf('all', held, null), more: moreHeld, source: link.name === 'online' ? 'live' : 'cache' };
  const bySearch = found.rows.filter((one) => passesBesidesText(filter, one));
  // Older than the last page are not shown yet, or "Load more" would leave a hole between.
  const from = found.more ? Math.min(...found.rows.map((one) => one.lastAt)) : -Infinity;
  return { rows: rowsOf('all', newest([...bySearch, ...held.filter((one) => one.lastAt >= from)]), null), more: found.more, source: 'server' };
}

/** From what is held to what is shown. */
export function assemble(source: DeskSource, view: View): DeskData {
  const active = source.active ?? [];
  const self = source.self?.id ?? null;
  const list: ListData = view.tab === 'all' ? allRows(source, view)
    : { rows: source.active && rowsOf(view.tab, active, self), more: false, source: 'live' };
  const elsewhere = source.found?.rows.find((one) => one.id === view.selectedId) ?? null;
  return {
    ...source, list,
    counts: { waiting: active.filter(isWaiting).length, mine: active.filter((one) => isMine(one, self)).length, email: active.filter(hasEmail).length },
    open: source.open && { ...source.open, conversation: source.open.conversation ?? (source.open.isDeleted ? null : elsewhere) },
  };
}
