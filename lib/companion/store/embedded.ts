import { DatabaseSync } from 'node:sqlite';
import { must } from '#lib/base/must.ts';
import type { AuditEntry } from '#lib/protocol/audit.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';
import type { Statement } from './writer.ts';
import { startWriterThread } from './writer-thread.ts';
import { knowledgeStore } from './sqlite-knowledge.ts';
import { visitorMark } from './forget.ts';
import { lockFolder, prepareDatabase } from './open-database.ts';
import { COMMANDS_KEPT_MS, newWorkspace } from './new-workspace.ts';
import { due, feed, headOf, messagesOf, notesOf, placeOf, snapshot, streamsOf } from './reads.ts';
import { listConversations } from './search.ts';
import { sqliteSearch } from './sqlite-search.ts';
import { REWRITE_MOST_BYTES } from './scrub.ts';
import { bodies, body, createSql, type Sql } from './sql.ts';
import type { Audited, Device, Lease, Missed, Store } from './store.ts';

/** Statements of one transaction; the rows of the last. */
export type Run = (statements: Statement[], audited?: Audited, only?: Statement) => Promise<unknown[]>;

/**
 * The store of one process: SQLite in a folder, one writer thread, a second connection for reading.
 * @throws DataFolderInUseError, DataFolderDamagedError: both say what to do
 */
export async function openEmbeddedStore({ dir }: { dir: string }): Promise<Store> {
  const unlock = lockFolder(dir);
  try {
    const { file, epoch } = prepareDatabase(dir);
    const queue = startWriterThread(file);
    const reader = new DatabaseSync(file, { readOnly: true });
    reader.exec('pragma busy_timeout = 5000');
    const sql = createSql(reader);
    const run: Run = async (statements, audited, only) => {
      const done = await queue.run({ kind: 'sql', statements, ...(audited ? { audited } : {}), ...(only ? { only } : {}) });
      return 'rows' in done ? done.rows : [];
    };
    let isFresh = true;
    let closing: Promise<void> | null = null;
    // The reader first: only the last connection to close, if it may write, folds the journal into the database.
    const closeAll = async (): Promise<void> => {
      reader.close();
      await queue.close();
      unlock();
    };
    return {
      epoch, ...conversationStore(sql), ...knowledgeStore(sql, run), ...turnStore(sql), ...secretStore(sql, run), ...peopleStore(sql, run), ...leaseStore(sql, run), ...auditStore(sql, run),
      async commit(op) {
        const done = await queue.run({ kind: 'op', op });
        if (!('committed' in done)) throw new Error('The writer answered an op with rows');
        return done.committed;
      },
      async ensureWorkspace({ id, name }) {
        await run([{ text: 'insert or ignore into workspace (id, seq, head, body) values (?, 1, 1, ?)', values: [id, JSON.stringify(newWorkspace(id, name))] }]);
      },
      leads: async () => true,
      async prune(now) {
        await run([{ text: 'delete from command where at < ?', values: [now - COMMANDS_KEPT_MS] }]);
        await queue.run({ kind: 'upkeep', now, mostBytes: isFresh ? Infinity : REWRITE_MOST_BYTES });
        isFresh = false;
      },
      close: () => (closing ??= closeAll()),
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function conversationStore(sql: Sql): Pick<Store, 'head' | 'feed' | 'snapshot' | 'streams' | 'messages' | 'notes' | 'conversation' | 'visitorConversation' | 'visitorConversations' | 'list' | 'place' | 'workspace' | 'bots' | 'bot' | 'members' | 'due'> {
  const conversation = (id: string): Conversation | null => body(sql('select body from conversation where id = ?').get(id));
  return {
    head: async (ws) => headOf(sql, ws),
    feed: async (ws, after, limit) => feed(sql, ws, after, limit),
    snapshot: async (ws, window) => snapshot(sql, ws, window),
    streams: async (ids, after) => streamsOf(sql, ids, after),
    messages: async (id, after, limit) => messagesOf(sql, id, after, limit),
    notes: async (id) => notesOf(sql, id),
    conversation: async (id) => conversation(id),
    async visitorConversation(botId, visitorId, secretHash) {
      const row = sql('select secret_hash, conversation from visitor where id = ? and bot = ?').get(visitorId, botId) as { secret_hash: string; conversation: string } | undefined;
      if (!row) return sql('select 1 from gone where visitor = ? limit 1').get(visitorMark(botId, visitorId)) ? 'gone' : null;
      if (row.secret_hash !== secretHash) return 'denied';
      const found = conversation(row.conversation);
      return found?.status === 'archived' ? null : found;
    },
    visitorConversations: async (botId, visitorId) => bodies<Conversation>(sql('select body from conversation where bot = ? and visitor = ? order by id').all(botId, visitorId)),
    list: (ws, query) => listConversations(sqliteSearch(sql), ws, query),
    place: async (ws, one) => placeOf(sql, ws, one),
    workspace: async (id) => must(body<Workspace>(sql('select body from workspace where id = ?').get(id)), `workspace ${id}`),
    bots: async (ws) => bodies<Bot>(sql('select body from bot where workspace = ?').all(ws)),
    bot: async (id) => body<Bot>(sql('select body from bot where id = ?').get(id)),
    members: async (ws) => bodies<Member>(sql('select body from member where workspace = ?').all(ws)),
    due: async (ws, now) => due(sql, ws, now),
  };
}

function turnStore(sql: Sql): Pick<Store, 'turns' | 'missed'> {
  return {
    turns: async (id) => bodies<TurnRecord>(sql('select body from turn where conversation = ? order by idx').all(id)),
    missed: async (botId, limit) => sql(`select t.conversation as conversationId, t.idx as "index", t.at, m.body ->> '$.text' as text from turn t
      join conversation c on c.id = t.conversation join message m on m.conversation = t.conversation and m.idx = t.idx
      where t.bot = ? and t.missed = 1 and c.channel <> 'playground' order by t.at desc, t.conversation desc limit ?`).all(botId, limit) as unknown as Missed[],
  };
}

function secretStore(sql: Sql, run: Run): Pick<Store, 'secretNames' | 'secret' | 'putSecret'> {
  return {
    secretNames: async (botId) => sql('select name, at from secret where bot = ? order by name').all(botId) as unknown as { name: string; at: number }[],
    secret: async (botId, name) => (sql('select body from secret where bot = ? and name = ?').get(botId, name) as { body: string } | undefined)?.body ?? null,
    async putSecret(botId, name, sealed, audited) {
      await run([sealed === null ? { text: 'delete from secret where bot = ? and name = ? returning name', values: [botId, name] }
        : { text: 'insert or replace into secret (bot, name, at, body) values (?, ?, ?, ?) returning name', values: [botId, name, audited.at, sealed] }], audited);
    },
  };
}

function peopleStore(sql: Sql, run: Run): Pick<Store, 'addPairingCode' | 'takePairingCode' | 'saveDevice' | 'deviceByHash' | 'hasDevice' | 'revokeDevices'> {
  const member = (id: string): Member | null => body<Member>(sql('select body from member where id = ?').get(id));
  return {
    async addPairingCode(hash, memberId, expiresAt, audited) {
      await run([{ text: 'insert into pairing_code (hash, member, expires_at) values (?, ?, ?) returning member', values: [hash, memberId, expiresAt] }], audited);
    },
    async takePairingCode(hash, now) {
      const [taken] = await run([{ text: 'update pairing_code set used_at = ? where hash = ? and used_at is null and expires_at > ? returning member', values: [now, hash, now] }]) as { member: string }[];
      if (taken) {
        const who = member(taken.member);
        return who && !who.revokedAt ? who : 'revoked';
      }
      const row = sql('select used_at from pairing_code where hash = ?').get(hash) as { used_at: number | null } | undefined;
      return row ? (row.used_at === null ? 'expired' : 'used') : 'unknown';
    },
    async saveDevice(device, audited) {
      // A rotation that was read before a revocation and saved after it must not undo it.
      await run([{ text: `insert into device (id, member, token_hash, previous_hash, body) values (?, ?, ?, ?, ?)
        on conflict (id) do update set member = excluded.member, token_hash = excluded.token_hash, previous_hash = excluded.previous_hash,
        body = json_set(excluded.body, '$.revokedAt', coalesce(device.body ->> 'revokedAt', excluded.body ->> 'revokedAt')) returning id`, values: [device.id, device.memberId, device.tokenHash, device.previousHash, JSON.stringify(device)] }], audited);
    },
    async deviceByHash(hash) {
      const device = body<Device>(sql('select body from device where token_hash = ? or previous_hash = ?').get(hash, hash));
      const who = device && member(device.memberId);
      return device && who ? { device, member: who } : null;
    },
    hasDevice: async (origin) => sql(`select 1 from device where body ->> 'origin' = ? and body ->> 'revokedAt' is null limit 1`).get(origin) !== undefined,
    async revokeDevices(memberId, now) {
      await run([{ text: `update device set body = json_set(body, '$.revokedAt', ?) where member = ? and body ->> 'revokedAt' is null`, values: [now, memberId] }]);
    },
  };
}

/** They outlive the process, so that visitors are not told "offline" while agents' browsers connect again after a restart. */
function leaseStore(sql: Sql, run: Run): Pick<Store, 'saveLeases' | 'otherLeases'> {
  return {
    async saveLeases(node, leases) {
      const now = Date.now();
      await run([{ text: 'delete from lease where node = ? or until < ?', values: [node, now] },
        ...leases.map(({ memberId, leftMs }) => ({ text: 'insert into lease (node, member, until) values (?, ?, ?)', values: [node, memberId, now + leftMs] }))]);
    },
    async otherLeases(node) {
      const now = Date.now();
      return (sql('select member as memberId, max(until) - ? as leftMs from lease where node <> ? and until > ? group by member').all(now, node, now) as unknown as Lease[]);
    },
  };
}

/** Only inserts: the table refuses anything else. */
function auditStore(sql: Sql, run: Run): Pick<Store, 'record' | 'auditLog'> {
  return {
    async record(audited) { await run([], audited); },
    async auditLog(ws, { before = Number.MAX_SAFE_INTEGER, limit }) {
      const found = bodies<AuditEntry>(sql('select body from audit where workspace = ? and n < ? order by n desc limit ?').all(ws, before, limit + 1));
      return { entries: found.slice(0, limit), more: found.length > limit };
    },
  };
}
