import 'fake-indexeddb/auto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { uuid } from '#lib/base/uuid.ts';
import { forgotten } from '#lib/db/gone.ts';
import { openDatabase, type Database } from '#lib/db/schema.ts';
import type { CommandId } from '#lib/protocol/ids.ts';
import type { OpenSocket } from '#lib/sync/connection.ts';
import { createEngine } from '#lib/sync/engine.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { createMemorySpare } from '../support/memory-spare.ts';
import { addMember, codeFor, connectRole, connectVisitor, EXTENSION, pair, type AgentClient } from '../support/socket-client.ts';

const CANARY = 'CRIMSON-OTTER';
const NOTES = 450;
let companion: TestCompanion;
let admin: AgentClient;
const open: { close(): void }[] = [];
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  admin = await connectRole(companion, 'admin');
});
afterEach(() => { for (const one of open.splice(0)) one.close(); });
afterAll(() => companion?.close());

const openSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url, { origin: EXTENSION });
  socket.on('open', () => events.open());
  socket.on('message', (data) => events.message(String(data)));
  socket.on('close', (code) => events.close(code));
  socket.on('error', () => undefined); // a close follows
  return { send: (text) => socket.send(text), close: () => socket.close() };
};
/** A worker on a database of its own, as an agent's browser has it. */
async function worker() {
  const member = await addMember(companion.url, admin, `Agent ${uuid().slice(-4)}`, 'agent');
  await member.close();
  const { token } = await pair(companion.url, await codeFor(admin, member.memberId));
  const [db, spare, faults] = [openDatabase(uuid()), createMemorySpare(), [] as unknown[]];
  const start = () => {
    const engine = createEngine({ db, spare, build: '1', openSocket, now: Date.now, random: () => 0, workerId: uuid(), keepAwake: () => undefined, credentials: async () => ({ address: companion.url, token }),
      rotate: async () => undefined, onChange: async () => ({ badge: '', alerted: [] }), onStorage: () => undefined, onOutbox: () => undefined, onFault: (error) => faults.push(error) });
    open.push(engine);
    return engine;
  };
  return { db, spare, start, faults };
}
const everything = async (db: Database): Promise<string> => JSON.stringify(await Promise.all(db.tables.map((table) => table.toArray())));
const until = (check: () => Promise<boolean>) => expect.poll(check, { timeout: 15_000, interval: 20 }).toBe(true);
async function talk() {
  const visitor = await connectVisitor(companion.url);
  await visitor.say(CANARY);
  await visitor.act({ type: 'escalate' });
  const { id } = await admin.conversation(visitor, (row) => row.status === 'escalated');
  return { id, visitor, remove: () => admin.command({ type: 'visitor.delete', botId: 'pinewood', visitorId: visitor.id }) };
}

test('an agent who writes while offline learns that it was deleted: nothing of it is left, not even the second copy, and they are told that it was not sent', async () => {
  const { db, spare, start, faults } = await worker();
  const { id, remove } = await talk();
  const first = start();
  await first.connect();
  await until(async () => (await db.message.where('[conversationId+index]').between([id, -Infinity], [id, Infinity]).count()) > 0);
  first.close();
  const second = start();
  for (const text of [`${CANARY} one`, `${CANARY} two`]) await second.add(uuid() as CommandId, { type: 'message.send', conversationId: id, text, seen: 99, claim: true });
  expect(await spare.all()).toHaveLength(2);
  await remove();
  await second.connect();
  await until(async () => (await forgotten(db)).some((one) => one.id === id && one.unsent > 0));
  await until(async () => await db.outbox.count() === 0);
  expect(await everything(db)).not.toContain(CANARY);
  expect(await spare.all()).toEqual([]);
  expect(await db.conversation.get(id)).toBeUndefined();
  expect((await forgotten(db)).find((one) => one.id === id)).toMatchObject({ name: expect.stringMatching(/^Visitor /), unsent: 2 });
  expect(faults).toEqual([]);
});

test('deleted in the middle of a long catching-up, at any moment: nothing of it stays', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 6; round++) {
    const { db, start, faults } = await worker();
    const first = start();
    await first.connect();
    await until(async () => (await db.meta.get('cursor')) !== undefined);
    first.close();
    const { id, remove } = await talk();
    await Promise.all(Array.from({ length: NOTES }, (_, n) => admin.command({ type: 'note.add', conversationId: id, text: `${CANARY} ${n}` })));
    const second = start();
    await second.connect();
    // Another moment of the catching-up each round.
    await new Promise((resolve) => setTimeout(resolve, round * 8));
    await remove();
    await until(async () => (await forgotten(db)).some((one) => one.id === id));
    await second.idle();
    expect(await everything(db), `round ${round}`).not.toContain(CANARY);
    expect(faults).toEqual([]);
    second.close();
  }
});
