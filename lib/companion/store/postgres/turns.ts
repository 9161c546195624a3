import type { TurnRecord } from '#lib/protocol/turn.ts';
import type { Missed, Store } from '../store.ts';
import { withAudit } from './audit.ts';
import type { Db } from './connect.ts';
import { bodies } from './reads.ts';

export function turnStore(db: Db): Pick<Store, 'turns' | 'missed'> {
  return {
    turns: (id) => bodies<TurnRecord>(db, 'select body from turn where conversation = $1 order by idx', [id]),
    missed: async (botId, limit) => (await db.query<Missed>(`select t.conversation as "conversationId", t.idx as "index", t.at, m.body::json ->> 'text' as text from turn t
      join conversation c on c.id = t.conversation join message m on m.conversation = t.conversation and m.idx = t.idx
      where t.bot = $1 and t.missed = 1 and c.channel <> 'playground' order by t.at desc, t.conversation collate "C" desc limit $2`, [botId, limit])).rows,
  };
}

export function secretStore(db: Db): Pick<Store, 'secretNames' | 'secret' | 'putSecret'> {
  return {
    secretNames: async (botId) => (await db.query<{ name: string; at: number }>('select name, at from secret where bot = $1 order by name', [botId])).rows,
    secret: async (botId, name) => (await db.query<{ body: string }>('select body from secret where bot = $1 and name = $2', [botId, name])).rows[0]?.body ?? null,
    async putSecret(botId, name, sealed, audited) {
      await withAudit(db, audited, (client) => (sealed === null ? client.query('delete from secret where bot = $1 and name = $2', [botId, name])
        : client.query('insert into secret (bot, name, at, body) values ($1, $2, $3, $4) on conflict (bot, name) do update set at = excluded.at, body = excluded.body', [botId, name, audited.at, sealed])));
    },
  };
}
