import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { Run } from './embedded.ts';
import { bodies, type Sql } from './sql.ts';
import type { Store } from './store.ts';
import type { Statement } from './writer.ts';

/** Kept by triggers (migrations.ts): asked for with each turn of a bot, it must not count thousands of entries. */
const MARK = `select coalesce((select n from knowledge_mark where bot = ?), 0) || '' as mark`;
const put = (entry: KnowledgeEntry): Statement => ({ text: 'insert or replace into knowledge (id, bot, body) values (?, ?, ?) returning id', values: [entry.id, entry.botId, JSON.stringify(entry)] });

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
