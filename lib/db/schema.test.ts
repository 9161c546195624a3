import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { openDatabase } from './schema.ts';

/** Every schema that was ever released, as it was. Never edited, only added to. */
const RELEASED: Record<number, Record<string, string>> = {
  1: {
    conversation: 'id, lastAt, [status+lastAt], [botId+lastAt]', message: 'id, [conversationId+index]', note: 'id, [conversationId+at]',
    bot: 'id', member: 'id', workspace: 'id', stream: 'conversationId', outbox: 'id, order, [conversationId+order]', draft: 'key, conversationId', meta: 'key',
  },
};

test.each(Object.keys(RELEASED).map(Number))('a database of schema %i opens with every row, unsent words first of all', async (version) => {
  const name = uuid();
  const old = new Dexie(name);
  old.version(version).stores(RELEASED[version]!);
  const rows: Record<string, object> = {
    conversation: { id: 'c', seq: 3, lastAt: 1, status: 'open', botId: 'b' }, message: { id: 'm', conversationId: 'c', index: 1, seq: 2 }, note: { id: 'n', conversationId: 'c', at: 1, seq: 3 },
    bot: { id: 'b', seq: 1 }, member: { id: 'p', seq: 1 }, workspace: { id: 'w', seq: 1 }, stream: { conversationId: 'c', seq: 2 },
    outbox: { id: 'o', conversationId: 'c', order: 1, at: 1, command: { type: 'note.add', conversationId: 'c', text: 'Unsent' }, state: 'queued', refusal: null },
    draft: { key: 'c:reply', conversationId: 'c', mode: 'reply', text: 'Half a', at: 1 }, meta: { key: 'cursor', epoch: 'e', seq: 3 },
  };
  for (const [table, row] of Object.entries(rows)) await old.table(table).add(row);
  old.close();
  const db = openDatabase(name);
  for (const [table, row] of Object.entries(rows)) expect(await db.table(table).toArray(), table).toEqual([row]);
  expect(await db.outbox.where('[conversationId+order]').between(['c', 0], ['c', 9]).count()).toBe(1);
  db.close();
});

test('whoever opens a newer version does not wait for this one, which goes on afterwards', async () => {
  const name = uuid();
  const db = openDatabase(name);
  await db.meta.put({ key: 'cursor', epoch: 'e', seq: 3 });
  const newer = new Dexie(name);
  newer.version(9).stores(RELEASED[1]!);
  await newer.open();
  newer.close();
  expect(await db.meta.get('cursor')).toMatchObject({ seq: 3 });
});
