import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { Store } from '../store.ts';
import { withAudit } from './audit.ts';
import type { Db } from './connect.ts';
import { bodies } from './reads.ts';

/** Any number that is ours: who changes a bot's knowledge holds this lock for that bot, before the workspace's row. */
const LOCK = 8_787_003;
/** From the index alone: a counter in a row of its own would have to be locked in another order than the workspace's. As text: the sum of many times is more than a number holds exactly. */
const MARK = `select count(*) || ' ' || coalesce(max(id collate "C"), '') || ' ' || coalesce(sum(at)::text, '') as mark from knowledge where bot = $1`;
const PUT = `insert into knowledge (id, bot, at, body) select id, bot, at, body from json_to_recordset($1::json) as r(id text, bot text, at bigint, body text)
  on conflict (id) do update set bot = excluded.bot, at = excluded.at, body = excluded.body`;
const rowsOf = (entries: readonly KnowledgeEntry[]): string => JSON.stringify(entries.map((entry) => ({ id: entry.id, bot: entry.botId, at: entry.at, body: JSON.stringify(entry) })));

export function knowledgeStore(db: Db): Pick<Store, 'knowledge' | 'knowledgeMark' | 'addKnowledge' | 'changeKnowledge'> {
  return {
    knowledge: (botId) => bodies<KnowledgeEntry>(db, 'select body from knowledge where bot = $1 order by id', [botId]),
    knowledgeMark: async (botId) => (await db.query<{ mark: string }>(MARK, [botId])).rows[0]?.mark ?? '',
    async addKnowledge(entries, audited) {
      if (entries.length > 0) await withAudit(db, audited, (client) => client.query(PUT, [rowsOf(entries)]));
    },
    async changeKnowledge(botId, mark, { put, remove }, audited) {
      const done = await withAudit(db, audited, async (client) => {
        await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [LOCK, botId]);
        const same = await client.query(`select 1 from (${MARK}) m where mark = $2`, [botId, mark]);
        if (same.rowCount === 0) return same;
        await client.query('delete from knowledge where bot = $1 and id = any($2::text[])', [botId, remove]);
        await client.query(PUT, [rowsOf(put)]);
        return same;
      }, { always: true });
      return done > 0;
    },
  };
}
