import type { Member } from '#lib/protocol/settings.ts';
import type { Device, Lease, Store } from '../store.ts';
import { withAudit } from './audit.ts';
import type { Db } from './connect.ts';
import { body } from './reads.ts';

export function peopleStore(db: Db): Pick<Store, 'addPairingCode' | 'takePairingCode' | 'saveDevice' | 'deviceByHash' | 'hasDevice' | 'revokeDevices'> {
  const member = (id: string): Promise<Member | null> => body<Member>(db, 'select body from member where id = $1', [id]);
  return {
    async addPairingCode(hash, memberId, expiresAt, audited) {
      await withAudit(db, audited, (client) => client.query('insert into pairing_code (hash, member, expires_at) values ($1, $2, $3)', [hash, memberId, expiresAt]));
    },
    async takePairingCode(hash, now) {
      const { rows: [taken] } = await db.query<{ member: string }>('update pairing_code set used_at = $1 where hash = $2 and used_at is null and expires_at > $1 returning member', [now, hash]);
      if (taken) {
        const who = await member(taken.member);
        return who && !who.revokedAt ? who : 'revoked';
      }
      const { rows: [row] } = await db.query<{ used_at: number | null }>('select used_at from pairing_code where hash = $1', [hash]);
      return row ? (row.used_at === null ? 'expired' : 'used') : 'unknown';
    },
    async saveDevice(device, audited) {
      // A rotation that was read before a revocation and saved after it must not undo it.
      await withAudit(db, audited, (client) => client.query(`insert into device (id, member, token_hash, previous_hash, body) values ($1, $2, $3, $4, $5)
        on conflict (id) do update set member = excluded.member, token_hash = excluded.token_hash, previous_hash = excluded.previous_hash,
        body = (excluded.body::jsonb || jsonb_build_object('revokedAt', coalesce(nullif(device.body::jsonb -> 'revokedAt', 'null'), excluded.body::jsonb -> 'revokedAt')))::text`,
      [device.id, device.memberId, device.tokenHash, device.previousHash, JSON.stringify(device)]));
    },
    async deviceByHash(hash) {
      const device = await body<Device>(db, 'select body from device where token_hash = $1 union all select body from device where previous_hash = $1 limit 1', [hash]);
      const who = device && await member(device.memberId);
      return device && who ? { device, member: who } : null;
    },
    hasDevice: async (origin) => (await db.query(`select 1 from device where body::jsonb ->> 'origin' = $1 and body::jsonb -> 'revokedAt' = 'null' limit 1`, [origin])).rows.length > 0,
    async revokeDevices(memberId, now) {
      await db.query(`update device set body = (body::jsonb || jsonb_build_object('revokedAt', $1::bigint))::text where member = $2 and body::jsonb -> 'revokedAt' = 'null'`, [now, memberId]);
    },
  };
}

/** Times are the database's, so that nodes need no common clock. */
const NOW = 'floor(extract(epoch from clock_timestamp()) * 1000)::bigint';

export function leaseStore(db: Db): Pick<Store, 'saveLeases' | 'otherLeases'> {
  return {
    async saveLeases(node, leases) {
      await db.query(`with old as (delete from lease where (node = $1 and member <> all($2::text[])) or until < ${NOW})
        insert into lease (node, member, until) select $1, m, ${NOW} + ms from unnest($2::text[], $3::bigint[]) k(m, ms)
        on conflict (node, member) do update set until = excluded.until`, [node, leases.map(({ memberId }) => memberId), leases.map(({ leftMs }) => leftMs)]);
    },
    async otherLeases(node) {
      return (await db.query<Lease>(`select member as "memberId", max(until) - ${NOW} as "leftMs" from lease where node <> $1 and until > ${NOW} group by member`, [node])).rows;
    },
  };
}
