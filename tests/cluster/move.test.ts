import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '#lib/companion/store/postgres/migrate.ts';
import { baton } from '../support/baton.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { connectRole, connectVisitor } from '../support/socket-client.ts';

const EMBEDDED = { DATABASE_URL: '', NATS_URL: '' };
let companion: TestCompanion;
let postgres: TestPostgres;
beforeEach(async () => {
  postgres = await startPostgres();
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off', ...EMBEDDED });
});
afterEach(async () => {
  await companion?.close();
  await postgres?.close();
});

async function ask<T extends pg.QueryResultRow>(text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}
const move = () => baton(companion.data, ['move', '--to', postgres.url]);
const sorted = (rows: object[]): string[] => rows.map((row) => JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])))).sort();

test('every row of every table arrives as it was, with the epoch, and the folder is left as it was', async () => {
  const visitor = await connectVisitor(companion.url);
  await visitor.say('Grüße \u0000 "quoted" \\ 🏔️ <b>');
  const agent = await connectRole(companion, 'agent');
  const { id } = await agent.conversation(visitor);
  await agent.command({ type: 'note.add', conversationId: id, text: 'a note' });
  for (let i = 0; i < 30; i++) await visitor.say(`line ${i}`);
  await companion.stop();
  const before = readFileSync(join(companion.data, 'baton.db'));
  const { code, out, err } = await move();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('go on where they are');
  expect(out).not.toContain(new URL(postgres.url).password);
  expect(readFileSync(join(companion.data, 'baton.db')).equals(before)).toBe(true);
  const db = new DatabaseSync(join(companion.data, 'baton.db'), { readOnly: true });
  const tables = (db.prepare(`select name from sqlite_schema where type = 'table' and name <> 'lease'`).all() as { name: string }[]).map(({ name }) => name);
  expect(tables).toEqual(expect.arrayContaining(['workspace', 'conversation', 'message', 'note', 'command', 'device', 'knowledge', 'visitor']));
  for (const name of tables) {
    const here = sorted(db.prepare(`select * from ${name}`).all());
    if (['message', 'device', 'knowledge', 'note'].includes(name)) expect(here.length, name).toBeGreaterThan(0);
    expect(sorted(await ask(`select * from ${name}`)), name).toEqual(here);
  }
  db.close();
  const { epoch } = JSON.parse(readFileSync(join(companion.data, 'baton.json'), 'utf8')) as { epoch: string };
  expect(await ask(`select value from meta where key = 'epoch'`)).toEqual([{ value: epoch }]);
});

test('it is refused while the companion runs, when the target holds a workspace, and when nothing answers there; the target stays as it was', async () => {
  expect(await move()).toMatchObject({ code: 1, err: expect.stringContaining('in use by another companion') });
  await companion.stop();
  expect(await baton(companion.data, ['move', '--to', 'postgres://nobody@127.0.0.1:1/nothing'])).toMatchObject({ code: 1, err: expect.stringContaining('cannot be used') });
  expect(await move()).toMatchObject({ code: 0 });
  const moved = await ask('select * from conversation order by id');
  expect(await move()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('already holds a workspace') });
  expect(await ask('select * from conversation order by id')).toEqual(moved);
});

test('a copy that does not match is not committed', async () => {
  await companion.stop();
  await migrate(postgres.url);
  // The target loses rows on the way, as somebody else's trigger could do.
  await ask(`create function lose() returns trigger language plpgsql as 'begin if new.idx = 1 then return null; end if; return new; end'; create trigger lose before insert on message for each row execute function lose()`);
  expect(await move()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('not the same as the original') });
  expect(await ask('select count(*)::int as n from workspace')).toEqual([{ n: 0 }]);
});
