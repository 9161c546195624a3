import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import type { CommandId } from '#lib/protocol/ids.ts';
import { baton } from '../support/baton.ts';
import { startTestCompanion, until, type TestCompanion } from '../support/companion.ts';
import { connectRole, connectVisitor, pair, type Device } from '../support/socket-client.ts';
import { startWorker, type WorkerClient } from '../support/worker.ts';

let companion: TestCompanion;
let elsewhere: string;
const workers: WorkerClient[] = [];
beforeEach(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  elsewhere = mkdtempSync(join(tmpdir(), 'baton-restore-'));
});
afterEach(async () => {
  for (const one of workers.splice(0)) one.close();
  await companion?.close();
  rmSync(elsewhere, { recursive: true, force: true });
});
/** All in this one process, with databases in memory: every row is applied a hundred times, so there are few. */
const CLIENTS = 100;
const cursorOf = async ({ db }: WorkerClient) => {
  const row = await db.meta.get('cursor');
  return row?.key === 'cursor' ? { epoch: row.epoch, seq: row.seq } : { epoch: '', seq: -1 };
};
async function worker(device: Device): Promise<WorkerClient> {
  const one = startWorker(() => companion.url, device);
  workers.push(one);
  await one.engine.connect();
  return one;
}
const head = async () => (await (await fetch(`${companion.url}/healthz`)).json() as { head: number }).head;
/** The head moves on while the bot still answers. */
async function areAtHead(all: WorkerClient[]): Promise<boolean> {
  const now = await head();
  return (await Promise.all(all.map(cursorOf))).every(({ seq }) => seq === now);
}
const rowsOf = async ({ db }: WorkerClient) => JSON.stringify((await Promise.all([db.conversation, db.bot, db.member, db.workspace, db.note].map((table) => table.orderBy(':id').toArray()))));

test(`${CLIENTS} browsers whose cursors are ahead of a restored backup all load everything again, none is stuck, and each waiting reply arrives once`, { timeout: 240_000 }, async () => {
  const visitors = await Promise.all(Array.from({ length: 3 }, () => connectVisitor(companion.url)));
  for (const one of visitors) await one.ask('before the backup');
  const admin = await connectRole(companion, 'admin');
  const ids = await Promise.all(visitors.map(async (one) => (await admin.conversation(one)).id));
  const devices = await Promise.all((['agent', 'lead', 'admin'] as const).map(async (role) => await pair(companion.url, await companion.operator.code(role))));
  const clients = await Promise.all(Array.from({ length: CLIENTS }, (_, i) => worker(devices[i % devices.length]!)));
  await until('all are online', () => clients.every(({ engine }) => engine.link().name === 'online'), 30_000);
  expect(await baton(companion.data, ['backup', join(elsewhere, 'b')])).toMatchObject({ code: 0 });
  for (const [i, one] of visitors.entries()) await one.ask(`lost by the restore ${i}`);
  await until('all hold the future', () => areAtHead(clients), 60_000);
  const oldEpoch = (await cursorOf(clients[0]!)).epoch;
  await companion.stop();
  await until('all are offline', () => clients.every(({ engine }) => engine.link().name !== 'online'), 30_000);
  const written = await Promise.all(clients.map(async ({ engine }, i) => {
    const id = uuid() as CommandId;
    await engine.add(id, { type: 'note.add', conversationId: ids[i % ids.length]!, text: `note ${i}` });
    return id;
  }));
  expect(await baton(companion.data, ['restore', join(elsewhere, 'b')])).toMatchObject({ code: 0 });
  expect(clients.map((one) => one.resets())).toEqual(clients.map(() => 1)); // each its first snapshot
  await companion.start();
  await Promise.all(clients.map(({ engine }) => engine.connect(true)));
  await until('every outbox is empty', async () => (await Promise.all(clients.map(({ db }) => db.outbox.count()))).every((count) => count === 0), 60_000);
  await until('all are at the new head', () => areAtHead(clients), 60_000);
  expect((await Promise.all(clients.map(cursorOf))).filter(({ epoch }) => epoch === oldEpoch)).toEqual([]);
  // Its own first snapshot and one after the restore; one more when a slow machine makes it connect twice.
  for (const one of clients) expect(one.resets()).toBeGreaterThanOrEqual(2);
  expect(clients.flatMap(({ faults }) => faults)).toEqual([]);
  const fresh = await worker(devices[2]!);
  await until('a fresh one is there', () => areAtHead([fresh]));
  const truth = await rowsOf(fresh);
  for (const one of clients) expect(await rowsOf(one)).toBe(truth);
  const notes = await fresh.db.note.toArray();
  expect(notes.map(({ id }) => id as string).toSorted()).toEqual([...written].toSorted());
  expect(JSON.stringify(await fresh.db.message.toArray())).not.toContain('lost by the restore');
});
