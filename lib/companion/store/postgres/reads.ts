import type { PoolClient } from 'pg';
import type { Due } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { ConversationId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Message, Note } from '#lib/protocol/message.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { Store, Stream } from '../store.ts';
import type { Db } from './connect.ts';

type Queryable = Pick<Db, 'query'>;

const after = (table: string, kind: string, workspace = 'workspace'): string => `(select '${kind}' as kind, seq, body from ${table} where ${workspace} = $1 and seq > $2 order by seq limit $3)`;
/** Head and rows in one statement, so that they are of one moment. */
const FEED = `select (select head from workspace where id = $1) as head, f.kind, f.seq, f.body from (select 1) one left join (
  select * from (${[after('conversation', 'conversation'), after('note', 'note'), after('bot', 'bot'), after('member', 'member'), after('workspace', 'workspace', 'id'), after('gone', 'gone')].join(' union all ')}) u
  order by seq limit $3) f on true order by f.seq`;

export const parsed = <T>(rows: { body: string }[]): T[] => rows.map(({ body }) => JSON.parse(body) as T);
export const bodies = async <T>(db: Queryable, text: string, values: unknown[]): Promise<T[]> => parsed<T>((await db.query<{ body: string }>(text, values)).rows);
export const body = async <T>(db: Queryable, text: string, values: unknown[]): Promise<T | null> => (await bodies<T>(db, text, values))[0] ?? null;

export async function feed(db: Queryable, ws: WorkspaceId, from: number, limit: number): Promise<{ rows: FeedRow[]; to: number; more: boolean }> {
  const { rows: found } = await db.query<{ head: number | null; kind: FeedRow['kind'] | null; seq: number; body: string }>(FEED, [ws, from, limit + 1]);
  const head = found[0]?.head ?? 0;
  const all = found.filter(({ kind }) => kind !== null);
  const more = all.length > limit;
  const rows = more ? all.slice(0, limit) : all;
  return { rows: rows.map(({ kind, body: text }) => ({ kind, row: JSON.parse(text) as never }) as FeedRow), to: more ? (rows.at(-1)?.seq ?? head) : head, more };
}

/** Several statements that see one moment. */
export async function atOneMoment<T>(pool: Db, read: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    const found = await read(client);
    await client.query('commit');
    return found;
  } catch (error) {
    failed = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // One that failed in the middle is not used again.
    client.release(failed);
  }
}

/** All settings, every escalated conversation, then the newest up to `window`, with their notes. */
export async function readSnapshot(db: Queryable, ws: WorkspaceId, window: number): Promise<{ rows: FeedRow[]; to: number }> {
  const { rows: [counter] } = await db.query<{ head: number; body: string }>('select head, body from workspace where id = $1', [ws]);
  const members = await bodies<Member>(db, 'select body from member where workspace = $1', [ws]);
  const bots = await bodies<Bot>(db, 'select body from bot where workspace = $1', [ws]);
  const escalated = await bodies<Conversation>(db, `select body from conversation where workspace = $1 and status = 'escalated' order by last_at desc`, [ws]);
  const others = await bodies<Conversation>(db, `select body from conversation where workspace = $1 and status <> 'escalated' order by last_at desc, id desc limit $2`, [ws, Math.max(0, window - escalated.length)]);
  const conversations = [...escalated, ...others];
  const notes = await bodies<Note>(db, 'select body from note where conversation = any($1::text[]) order by seq', [conversations.map(({ id }) => id)]);
  const rows: FeedRow[] = [
    ...(counter ? [{ kind: 'workspace' as const, row: JSON.parse(counter.body) as Workspace }] : []),
    ...members.map((row): FeedRow => ({ kind: 'member', row })), ...bots.map((row): FeedRow => ({ kind: 'bot', row })),
    ...conversations.map((row): FeedRow => ({ kind: 'conversation', row })), ...notes.map((row): FeedRow => ({ kind: 'note', row })),
  ];
  return { rows, to: counter?.head ?? 0 };
}

export async function streams(db: Queryable, ids: ConversationId[], from: number): Promise<Stream[]> {
  if (ids.length === 0) return [];
  const found = await db.query<{ conversation: ConversationId; seq: number; body: string | null }>(
    `select conversation, seq, body from message where conversation = any($1::text[]) and seq > $2
     union all select conversation, max(seq), null from message where conversation = any($1::text[]) and seq <= $2 group by conversation`, [ids, from]);
  const all = new Map<ConversationId, Stream>();
  for (const { conversation, seq, body: text } of found.rows) {
    const stream = all.get(conversation) ?? { conversationId: conversation, from: 0, to: 0, messages: [] };
    all.set(conversation, stream);
    if (text === null) stream.from = seq;
    else {
      stream.messages.push(JSON.parse(text) as Message);
      stream.to = Math.max(stream.to, seq);
    }
  }
  return [...all.values()].filter(({ messages }) => messages.length > 0).map((one) => ({ ...one, messages: one.messages.sort((a, b) => a.index - b.index) }));
}

/** What time or a restart left to do; the rules check again when it is done. */
export async function due(db: Queryable, ws: WorkspaceId, now: number): ReturnType<Store['due']> {
  const workspace = await body<Workspace>(db, 'select body from workspace where id = $1', [ws]);
  if (!workspace) return { owed: [], release: [], archive: [], forget: [] };
  const ids = async (text: string, before: number): Promise<ConversationId[]> => (await db.query<{ id: ConversationId }>(text, [ws, before])).rows.map(({ id }) => id);
  const past = async (status: string, before: number): Promise<Due[]> => (await db.query<Due>(
    'select id, bot as "botId", visitor as "visitorId" from conversation where workspace = $1 and status = $2 and last_at <= $3 order by last_at limit 50', [ws, status, before])).rows;
  const { claimIdleMs, archiveAfterMs, deleteAfterMs = 0 } = workspace;
  return {
    owed: await bodies<Conversation>(db, 'select body from conversation where workspace = $1 and owed is not null limit 500', [ws]),
    release: claimIdleMs > 0 ? await ids('select id from conversation where workspace = $1 and claim_active_at <= $2 limit 200', now - claimIdleMs) : [],
    archive: archiveAfterMs > 0 ? await ids(`select id from conversation where workspace = $1 and status = 'resolved' and resolved_at <= $2 limit 200`, now - archiveAfterMs) : [],
    forget: deleteAfterMs > 0 ? [...await past('archived', now - deleteAfterMs), ...await past('resolved', now - deleteAfterMs)] : [],
  };
}
