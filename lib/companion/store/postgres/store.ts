import { must } from '#lib/base/must.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Message, Note } from '#lib/protocol/message.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import { visitorMark } from '../forget.ts';
import { COMMANDS_KEPT_MS, newWorkspace } from '../new-workspace.ts';
import { listConversations } from '../search.ts';
import type { Store } from '../store.ts';
import { auditStore } from './audit.ts';
import { createPool, type Db } from './connect.ts';
import { createLeader } from './leader.ts';
import { migrate } from './migrate.ts';
import { knowledgeStore } from './knowledge.ts';
import { leaseStore, peopleStore } from './people.ts';
import { atOneMoment, bodies, body, due, feed, readSnapshot, streams } from './reads.ts';
import { postgresSearch } from './search.ts';
import { secretStore, turnStore } from './turns.ts';
import { startWriter } from './writer.ts';

/**
 * The store of any number of nodes on one PostgreSQL. Writers take the workspace's row in turn, so its counter is dense
 * and the rules see the newest rows; each node commits what queued meanwhile in one transaction.
 * @param report faults that were survived, for the log
 * @throws DatabaseUnusableError
 */
export async function openPostgresStore({ url, report }: { url: string; report: (error: unknown) => void }): Promise<Store> {
  const epoch = await migrate(url);
  const pool = createPool(url, report);
  const writer = startWriter(url, report);
  const leader = createLeader(url, report);
  let closing: Promise<void> | null = null;
  const closeAll = async (): Promise<void> => { await Promise.all([writer.close(), leader.close()]); await pool.end(); };
  return {
    epoch, commit: (op) => writer.run(op),
    ...conversationStore(pool), ...settingsStore(pool), ...knowledgeStore(pool), ...turnStore(pool), ...secretStore(pool), ...peopleStore(pool), ...leaseStore(pool), ...auditStore(pool),
    async ensureWorkspace({ id, name }) {
      await pool.query('insert into workspace (id, seq, head, body) values ($1, 1, 1, $2) on conflict do nothing', [id, JSON.stringify(newWorkspace(id, name))]);
    },
    leads: leader.leads,
    async prune(now) {
      await pool.query('delete from command where at < $1', [now - COMMANDS_KEPT_MS]);
    },
    close: () => (closing ??= closeAll()),
  };
}

function conversationStore(db: Db): Pick<Store, 'head' | 'feed' | 'snapshot' | 'streams' | 'messages' | 'notes' | 'conversation' | 'visitorConversation' | 'visitorConversations' | 'list' | 'place' | 'due'> {
  return {
    head: async (ws) => (await db.query<{ head: number }>('select head from workspace where id = $1', [ws])).rows[0]?.head ?? 0,
    feed: (ws, after, limit) => feed(db, ws, after, limit),
    snapshot: (ws, window) => atOneMoment(db, (client) => readSnapshot(client, ws, window)),
    streams: (ids, after) => streams(db, ids, after),
    messages: async (id, after, limit) => (await bodies<Message>(db, 'select body from message where conversation = $1 and seq > $2 order by idx desc limit $3', [id, after, limit])).reverse(),
    notes: (id) => bodies<Note>(db, 'select body from note where conversation = $1 order by seq', [id]),
    conversation: (id) => body<Conversation>(db, 'select body from conversation where id = $1', [id]),
    async visitorConversation(botId, visitorId, secretHash) {
      const { rows: [row] } = await db.query<{ secret_hash: string; body: string | null }>(
        'select v.secret_hash, c.body from visitor v left join conversation c on c.id = v.conversation where v.id = $1 and v.bot = $2', [visitorId, botId]);
      if (!row) return (await db.query('select 1 from gone where visitor = $1 limit 1', [visitorMark(botId, visitorId)])).rowCount ? 'gone' : null;
      if (row.secret_hash !== secretHash) return 'denied';
      const found = row.body === null ? null : JSON.parse(row.body) as Conversation;
      return found?.status === 'archived' ? null : found;
    },
    visitorConversations: (botId, visitorId) => bodies<Conversation>(db, 'select body from conversation where bot = $1 and visitor = $2 order by id collate "C"', [botId, visitorId]),
    list: (ws, query) => listConversations(postgresSearch(db), ws, query),
    async place(ws, conversation) {
      const { rows: [row] } = await db.query<{ n: number }>(`select count(*) as n from conversation where workspace = $1 and status = 'escalated' and claimed = 0 and floor = 'team' and channel <> 'playground' and (escalated_at, id) < ($2, $3)`,
        [ws, conversation.escalation?.at ?? conversation.lastAt, conversation.id]);
      return (row?.n ?? 0) + 1;
    },
    due: (ws, now) => due(db, ws, now),
  };
}

function settingsStore(db: Db): Pick<Store, 'workspace' | 'bots' | 'bot' | 'members'> {
  return {
    workspace: async (id) => must(await body<Workspace>(db, 'select body from workspace where id = $1', [id]), `workspace ${id}`),
    bots: (ws) => bodies<Bot>(db, 'select body from bot where workspace = $1', [ws]),
    bot: (id) => body<Bot>(db, 'select body from bot where id = $1', [id]),
    members: (ws) => bodies<Member>(db, 'select body from member where workspace = $1', [ws]),
  };
}
