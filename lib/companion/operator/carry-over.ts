import type { DatabaseSync } from 'node:sqlite';

interface Tombstone { id: string; workspace: string; visitor: string; body: string }

/**
 * What a restore must not undo, taken from the present data into the restored copy: the keys of browsers (they change
 * daily: with those of the backup nobody could connect), who was revoked, what was deleted, and the log of it.
 * Pairing codes of the backup are void.
 */
export function carryOver(db: DatabaseSync, present: string | null): void {
  db.exec('delete from pairing_code');
  if (!present) return;
  db.exec('pragma secure_delete = on');
  db.prepare('attach ? as present').run(present);
  db.exec(`
    begin;
    insert or replace into device (id, member, token_hash, previous_hash, body)
      select id, member, token_hash, previous_hash, body from present.device where member in (select id from main.member);
    update member set body = json_set(body, '$.revokedAt', (select p.body ->> 'revokedAt' from present.member p where p.id = member.id))
      where (select p.body ->> 'revokedAt' from present.member p where p.id = member.id) is not null`);
  // Data of before these tables has neither deletions nor a log.
  const deleted = db.prepare(`select 1 from present.sqlite_schema where name = 'gone'`).get() ? carryDeletions(db) : 0;
  db.exec('commit; detach present');
  if (deleted > 0) db.exec('vacuum');
}

/** Each tombstone takes a seq of the restored workspace, which knows nothing of the old ones. @returns how many conversations went */
function carryDeletions(db: DatabaseSync): number {
  const missing = db.prepare('select id, workspace, visitor, body from present.gone where id not in (select id from main.gone) order by seq').all() as unknown as Tombstone[];
  carryLog(db);
  let removed = 0;
  for (const { id, workspace, visitor, body } of missing) {
    const held = db.prepare('select bot, visitor from main.conversation where id = ?').get(id) as { bot: string; visitor: string } | undefined;
    for (const text of ['delete from main.message where conversation = ?', 'delete from main.note where conversation = ?', 'delete from main.turn where conversation = ?', 'delete from main.conversation where id = ?']) db.prepare(text).run(id);
    db.prepare('update main.workspace set head = head + 1 where id = ?').run(workspace);
    db.prepare(`insert into main.gone (id, workspace, seq, visitor, body) select ?, id, head, ?, json_set(?, '$.seq', head) from main.workspace where id = ?`).run(id, visitor, body, workspace);
    if (!held) continue;
    removed++;
    if (db.prepare('select 1 from main.conversation where bot = ? and visitor = ?').get(held.bot, held.visitor)) continue;
    db.prepare('delete from main.visitor where id = ? and bot = ?').run(held.visitor, held.bot);
    db.prepare('delete from main.command where actor = ?').run(`${held.bot}/${held.visitor}`);
  }
  return removed;
}

/** Where the backup's log is a beginning of the present one, the rest is added; two histories are never mixed. */
function carryLog(db: DatabaseSync): void {
  db.exec(`insert into main.audit (workspace, n, body) select p.workspace, p.n, p.body from present.audit p
    left join (select workspace, max(n) as n from main.audit group by workspace) e on e.workspace = p.workspace
    where p.n > coalesce(e.n, 0) and (e.n is null or (select body from main.audit m where m.workspace = e.workspace and m.n = e.n) = (select body from present.audit o where o.workspace = e.workspace and o.n = e.n))`);
}
