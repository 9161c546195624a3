import type { Due } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { ConversationId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Message, Note } from '#lib/protocol/message.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { Store, Stream } from './store.ts';
import { atOneMoment, bodies, body, type Sql } from './sql.ts';

type Numbered = { kind: FeedRow['kind']; seq: number; body: string };

const FEED = `
  select 'conversation' as kind, seq, body from conversation where workspace = $ws and seq > $after
  union all select 'note', seq, body from note where workspace = $ws and seq > $after
  union all select 'bot', seq, body from bot where workspace = $ws and seq > $after
  union all select 'member', seq, body from member where workspace = $ws and seq > $after
  union all select 'workspace', seq, body from workspace where id = $ws and seq > $after
  union all select 'gone', seq, body from gone where workspace = $ws and seq > $after
  order by seq limit $limit`;

const toRow = ({ kind, body: text }: Numbered): FeedRow => ({ kind, row: JSON.parse(text) as never });

export const headOf = (sql: Sql, id: WorkspaceId): number => (sql('select head from workspace where id = ?').get(id) as { head: number } | undefined)?.head ?? 0;

/** An index scan per table: rows hold their newest state, so what was overwritten needs no reading and nothing is pruned. */
export function feed(sql: Sql, ws: WorkspaceId, after: number, limit: number): { rows: FeedRow[]; to: number; more: boolean } {
  const { head, found } = atOneMoment(sql, () => ({
    head: headOf(sql, ws), found: sql(FEED).all({ $ws: ws, $after: after, $limit: limit + 1 } as never) as unknown as Numbered[],
  }));
  const more = found.length > limit;
  const rows = more ? found.slice(0, limit) : found;
  return { rows: rows.map(toRow), to: more ? (rows.at(-1)?.seq ?? head) : head, more };
}

/** All settings, every escalated conversation, then the newest up to `window`, with their notes; rows and `to` are of one moment. */
export const snapshot = (sql: Sql, ws: WorkspaceId, window: number): { rows: FeedRow[]; to: number } => atOneMoment(sql, () => readSnapshot(sql, ws, window));

function readSnapshot(sql: Sql, ws: WorkspaceId, window: number): { rows: FeedRow[]; to: number } {
  const escalated = bodies<Conversation>(sql(`select body from conversation where workspace = ? and status = 'escalated' order by last_at desc`).all(ws));
  const others = bodies<Conversation>(sql(`select body from conversation where workspace = ? and status <> 'escalated' order by last_at desc limit ?`).all(ws, Math.max(0, window - escalated.length)));
  const conversations = [...escalated, ...others];
  const notes = conversations.flatMap(({ id }) => notesOf(sql, id));
  const rows: FeedRow[] = [
    ...bodies<Workspace>(sql('select body from workspace where id = ?').all(ws)).map((row): FeedRow => ({ kind: 'workspace', row })),
    ...bodies<Member>(sql('select body from member where workspace = ?').all(ws)).map((row): FeedRow => ({ kind: 'member', row })),
    ...bodies<Bot>(sql('select body from bot where workspace = ?').all(ws)).map((row): FeedRow => ({ kind: 'bot', row })),
    ...conversations.map((row): FeedRow => ({ kind: 'conversation', row })), ...notes.map((row): FeedRow => ({ kind: 'note', row })),
  ];
  return { rows, to: headOf(sql, ws) };
}

export const notesOf = (sql: Sql, id: ConversationId): Note[] => bodies<Note>(sql('select body from note where conversation = ? order by seq').all(id));

export function messagesOf(sql: Sql, id: ConversationId, after: number, limit: number): Message[] {
  return bodies<Message>(sql('select body from message where conversation = ? and seq > ? order by idx desc limit ?').all(id, after, limit)).reverse();
}

/** `from` is the newest message that was not asked for: nothing of the conversation lies between it and the first. */
export function streamsOf(sql: Sql, ids: ConversationId[], after: number): Stream[] {
  return ids.flatMap((conversationId) => {
    const messages = messagesOf(sql, conversationId, after, Number.MAX_SAFE_INTEGER);
    if (messages.length === 0) return [];
    const { from } = sql('select coalesce(max(seq), 0) as "from" from message where conversation = ? and seq <= ?').get(conversationId, after) as { from: number };
    return [{ conversationId, from, to: Math.max(...messages.map(({ seq }) => seq)), messages }];
  });
}

/** 1 = next. Waiting is ordered by when the person was asked for; nobody waits behind the Playground. */
export function placeOf(sql: Sql, ws: WorkspaceId, conversation: Conversation): number {
  const at = conversation.escalation?.at ?? conversation.lastAt;
  const { n } = sql(`select count(*) as n from conversation where workspace = ? and status = 'escalated' and claimed = 0 and floor = 'team' and channel <> 'playground' and (escalated_at, id) < (?, ?)`).get(ws, at, conversation.id) as { n: number };
  return n + 1;
}

/** What time or a restart left to do; the rules check again when it is done. */
export function due(sql: Sql, ws: WorkspaceId, now: number): Awaited<ReturnType<Store['due']>> {
  const workspace = body<Workspace>(sql('select body from workspace where id = ?').get(ws));
  if (!workspace) return { owed: [], release: [], archive: [], forget: [] };
  const ids = (text: string, before: number): ConversationId[] => sql(text).all(ws, before).map((row) => (row as { id: ConversationId }).id);
  const past = (status: string, before: number): Due[] =>
    sql('select id, bot as botId, visitor as visitorId from conversation where workspace = ? and status = ? and last_at <= ? order by last_at limit 50').all(ws, status, before) as unknown as Due[];
  const { claimIdleMs, archiveAfterMs, deleteAfterMs = 0 } = workspace;
  return {
    owed: bodies<Conversation>(sql('select body from conversation where workspace = ? and owed is not null limit 500').all(ws)),
    release: claimIdleMs > 0 ? ids('select id from conversation where workspace = ? and claim_active_at <= ? limit 200', now - claimIdleMs) : [],
    archive: archiveAfterMs > 0 ? ids(`select id from conversation where workspace = ? and status = 'resolved' and resolved_at <= ? limit 200`, now - archiveAfterMs) : [],
    forget: deleteAfterMs > 0 ? ['archived', 'resolved'].flatMap((status) => past(status, now - deleteAfterMs)) : [],
  };
}
