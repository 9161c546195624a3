import { must } from '#lib/base/must.ts';
import type { AuditEntry } from '#lib/protocol/audit.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Message, Note } from '#lib/protocol/message.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { AuditEnd } from '../audit/chain.ts';
import { visitorMark } from './forget.ts';
import { conversationColumns, turnColumns, type Ground, type Remembered, type VisitorRow } from './ground.ts';
import { bodies, body, type Sql } from './sql.ts';

const MOST = 5_000;

/**
 * The writer's ground: rows read on demand and kept, since there is no other writer; after a rollback all is forgotten.
 * Conversations and counters touched by a batch are written once, at its end.
 */
export type SqliteGround = Ground & { /** Writes what the batch left to write; before the commit. */ flush(): void; /** After a rollback. */ forget(): void;
  /** Whether something was deleted since it was last asked. */ takeRemoved(): boolean };

export function createSqliteGround(sql: Sql): SqliteGround {
  const conversations = createKept((id) => body<Conversation>(sql('select body from conversation where id = ?').get(id)));
  const visitors = createKept((key) => visitorOf(sql, key));
  const settings = createKept((key) => setting(sql, key));
  const heads = createKept((id) => (sql('select head from workspace where id = ?').get(id) as { head: number } | undefined)?.head ?? 0);
  const ends = createKept((ws) => body<AuditEnd>(sql('select body from audit where workspace = ? order by n desc limit 1').get(ws)));
  const dirty = new Map<string, string>();
  const counted = new Set<string>();
  const forget = (): void => {
    for (const one of [conversations, visitors, settings, heads, ends, dirty, counted]) one.clear();
  };
  const head = (id: string): number => heads.get(id) ?? 0;
  return {
    ...readsOf(sql), head, forget,
    workspace: (id) => settings.get(`workspace ${id}`) as Workspace | null,
    bot: (id, workspaceId) => settings.get(`bot ${workspaceId} ${id}`) as Bot | null,
    conversation: (id) => conversations.get(id),
    visitor: (botId, visitorId) => visitors.get(`${botId} ${visitorId}`),
    ...writesOf(sql, () => settings.clear()),
    next(id) {
      const seq = head(id) + 1;
      heads.set(id, seq);
      counted.add(id);
      return seq;
    },
    putConversation(row, workspaceId) {
      conversations.set(row.id, row);
      dirty.set(row.id, workspaceId);
    },
    putVisitor(botId, visitorId, row) {
      visitors.set(`${botId} ${visitorId}`, row);
      sql('insert into visitor (id, bot, secret_hash, conversation) values (?, ?, ?, ?) on conflict (id, bot) do update set conversation = excluded.conversation').run(visitorId, botId, row.secretHash, row.conversationId);
    },
    ...forgettingOf(sql, { conversations, visitors, ends, dirty }),
    flush() {
      for (const [id, workspaceId] of dirty) storeConversation(sql, workspaceId, must(conversations.get(id), 'cached conversation'));
      for (const id of counted) sql('update workspace set head = ? where id = ?').run(head(id), id);
      dirty.clear();
      counted.clear();
      for (const one of [conversations, visitors]) if (one.size() > MOST) one.clear();
    },
  };
}

interface Forgetting { conversations: Kept<Conversation | null>; visitors: Kept<VisitorRow | null>; ends: Kept<AuditEnd | null>; dirty: Map<string, string> }

/** Deletion, and the log of it. */
function forgettingOf(sql: Sql, { conversations, visitors, ends, dirty }: Forgetting): Pick<SqliteGround, 'talks' | 'removeConversation' | 'removeVisitor' | 'takeRemoved' | 'lastAudit' | 'addAudit'> {
  let removed = false;
  return {
    talks(botId, visitorId) {
      const stored = (sql('select id from conversation where bot = ? and visitor = ?').all(botId, visitorId) as { id: string }[]).map(({ id }) => id);
      // Those of this batch are not stored yet.
      return [...new Set([...stored, ...dirty.keys()])].flatMap((id) => conversations.get(id) ?? []).filter((one) => one.botId === botId && one.visitor.id === visitorId);
    },
    removeConversation(row, { botId, visitor }, workspaceId) {
      conversations.delete(row.id);
      dirty.delete(row.id);
      removed = true;
      for (const text of ['delete from message where conversation = ?', 'delete from note where conversation = ?', 'delete from turn where conversation = ?', 'delete from conversation where id = ?']) sql(text).run(row.id);
      // What was proposed from it goes too: it quotes the visitor.
      sql('delete from knowledge where id >= ? and id < ?').run(`${row.id}_`, `${row.id}\``);
      sql('insert into gone (id, workspace, seq, visitor, body) values (?, ?, ?, ?, ?)').run(row.id, workspaceId, row.seq, visitorMark(botId, visitor.id), JSON.stringify(row));
    },
    removeVisitor(botId, visitorId) {
      visitors.delete(`${botId} ${visitorId}`);
      sql('delete from visitor where id = ? and bot = ?').run(visitorId, botId);
      sql('delete from command where actor = ?').run(`${botId}/${visitorId}`);
    },
    takeRemoved() {
      const was = removed;
      removed = false;
      return was;
    },
    lastAudit: (ws) => ends.get(ws),
    addAudit(row: AuditEntry, ws) {
      ends.set(ws, row);
      sql('insert into audit (workspace, n, body) values (?, ?, ?)').run(ws, row.n, JSON.stringify(row));
    },
  };
}

type Kept<T> = ReturnType<typeof createKept<T>>;
/** Rows by key, read once. */
function createKept<T>(read: (key: string) => T) {
  const kept = new Map<string, T>();
  return {
    get(key: string): T {
      const known = kept.get(key);
      if (known !== undefined) return known;
      const found = read(key);
      if (found !== null) kept.set(key, found);
      return found;
    },
    set: (key: string, row: T): void => void kept.set(key, row), delete: (key: string): void => void kept.delete(key), clear: (): void => kept.clear(), size: (): number => kept.size,
  };
}

function visitorOf(sql: Sql, key: string): VisitorRow | null {
  const [bot = '', id = ''] = key.split(' ');
  const row = sql('select secret_hash, conversation from visitor where id = ? and bot = ?').get(id, bot) as { secret_hash: string; conversation: string } | undefined;
  return row ? { secretHash: row.secret_hash, conversationId: row.conversation } : null;
}

function setting(sql: Sql, key: string): unknown {
  const [kind, workspaceId = '', id = ''] = key.split(' ');
  return kind === 'workspace' ? body(sql('select body from workspace where id = ?').get(workspaceId)) : body(sql('select body from bot where id = ? and workspace = ?').get(id, workspaceId));
}

function readsOf(sql: Sql): Pick<Ground, 'bots' | 'members' | 'isForeign' | 'message' | 'note' | 'remembered' | 'wasDeleted'> {
  return {
    wasDeleted: (botId, visitorId) => sql('select 1 from gone where visitor = ? limit 1').get(visitorMark(botId, visitorId)) !== undefined,
    bots: (workspaceId) => bodies<Bot>(sql('select body from bot where workspace = ?').all(workspaceId)),
    members: (workspaceId) => bodies<Member>(sql('select body from member where workspace = ?').all(workspaceId)),
    isForeign: (kind, id, workspaceId) => sql(kind === 'bot' ? 'select 1 from bot where id = ? and workspace <> ?' : 'select 1 from member where id = ? and workspace <> ?').get(id, workspaceId) !== undefined,
    message: (id) => body<Message>(sql('select body from message where id = ?').get(id)),
    note: (id) => body<Note>(sql('select body from note where id = ?').get(id)),
    remembered: (actor, id) => (sql('select digest, result from command where actor = ? and id = ?').get(actor, id) as Remembered | undefined) ?? null,
  };
}

function writesOf(sql: Sql, settingsChanged: () => void): Pick<Ground, 'putWorkspace' | 'putBot' | 'putMember' | 'putMessage' | 'addNote' | 'putTurn' | 'remember'> {
  return {
    putWorkspace(row) {
      sql('update workspace set seq = ?, body = ? where id = ?').run(row.seq, JSON.stringify(row), row.id);
      settingsChanged();
    },
    putBot(row, workspaceId) {
      sql('insert or replace into bot (id, workspace, seq, body) values (?, ?, ?, ?)').run(row.id, workspaceId, row.seq, JSON.stringify(row));
      settingsChanged();
    },
    putMember(row, workspaceId) {
      sql('insert or replace into member (id, workspace, seq, body) values (?, ?, ?, ?)').run(row.id, workspaceId, row.seq, JSON.stringify(row));
    },
    putMessage(row) {
      sql('insert into message (id, conversation, idx, seq, body) values (?, ?, ?, ?, ?) on conflict (id) do update set seq = excluded.seq, body = excluded.body').run(row.id, row.conversationId, row.index, row.seq, JSON.stringify(row));
    },
    addNote(row, workspaceId) {
      sql('insert into note (id, workspace, conversation, seq, body) values (?, ?, ?, ?, ?)').run(row.id, workspaceId, row.conversationId, row.seq, JSON.stringify(row));
    },
    putTurn(row, botId) {
      const { conversation, idx, at, missed } = turnColumns(row);
      sql('insert or replace into turn (conversation, idx, bot, at, missed, body) values (?, ?, ?, ?, ?, ?)').run(conversation, idx, botId, at, missed, JSON.stringify(row));
    },
    remember(actor, id, row, at) {
      sql('insert into command (actor, id, digest, result, at) values (?, ?, ?, ?, ?)').run(actor, id, row.digest, row.result, at);
    },
  };
}

function storeConversation(sql: Sql, workspaceId: string, conversation: Conversation): void {
  const row = conversationColumns(conversation);
  sql(`insert or replace into conversation (id, workspace, bot, visitor, channel, status, claimed, floor, escalated_at, last_at, resolved_at, claim_active_at, owed, seq, body)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(row.id, workspaceId, row.bot, row.visitor, row.channel, row.status, row.claimed, row.floor, row.escalated_at, row.last_at, row.resolved_at,
    row.claim_active_at, row.owed, row.seq, JSON.stringify(conversation));
}
