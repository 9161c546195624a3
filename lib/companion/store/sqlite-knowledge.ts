import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { Run } from './embedded.ts';
import { bodies, type Sql } from './sql.ts';
import type { Store } from './store.ts';
import type { Statement } from './writer.ts';

/** From the index alone: it is asked for with each turn of a bot. As text: the sum of many times is more than a number holds exactly. */
const MARK = `select count(*) || ' ' || coalesce(max(id), '') || ' ' || coalesce(sum(at), '') as mark from knowledge where bot = ?`;
const put = (entry: KnowledgeEntry): Statement => ({ text: 'insert or replace into knowledge (id, bot, at, body) values (?, ?, ?, ?) returning id', values: [entry.id, entry.botId, entry.at, JSON.stringify(entry)] });

export function knowledgeStore(sql: Sql, run: Run): Pick<Store, 'knowledge' | 'knowledgeMark' | 'addKnowledge' | 'changeKnowledge'> {
  return {
    knowledge: async (botId) => bodies<KnowledgeEntry>(sql('select body from knowledge where bot = ? order by id').all(botId)),
    knowledgeMark: async (botId) => (sql(MARK).get(botId) as { mark: string }).mark,
    async addKnowledge(entries, audited) {
      if (entries.length > 0) await run(entries.map(put), audited);
    },
    async changeKnowledge(botId, mark, change, audited) {
      const gone = change.remove.map((id): Statement => ({ text: 'delete from knowledge where bot = ? and id = ?', values: [botId, id] }));
      // The last statement's row says that it was done.
      const done = await run([...gone, ...change.put.map(put), { text: 'select 1', values: [] }], audited, { text: `select 1 from (${MARK}) where mark = ?`, values: [botId, mark] });
      return done.length > 0;
    },
  };
}
