import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { putNewer } from './rows.ts';
import { write } from './write.ts';
import { openDatabase } from './schema.ts';

test('a row that comes late, or twice, puts no older state over a newer one', async () => {
  const db = openDatabase(uuid());
  const member = (seq: number, name: string) => ({ id: 'm', seq, name, role: 'agent', revokedAt: null }) as never;
  for (const rows of [[member(2, 'second')], [member(1, 'first')], [member(2, 'another second')], [member(3, 'third'), member(1, 'first')]]) {
    await write(db, ['member'], ({ member: table }) => putNewer(table, rows));
  }
  expect(await db.member.toArray()).toMatchObject([{ seq: 3, name: 'third' }]);
  await write(db, ['member'], ({ member: table }) => putNewer(table, [member(2, 'second')]));
  expect(await db.member.toArray()).toMatchObject([{ seq: 3, name: 'third' }]);
  db.close();
});
