import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { openDatabase, type Database } from '#lib/db/schema.ts';
import type { AgentUp } from '#lib/protocol/agent.ts';
import type { Refusal } from '#lib/protocol/command.ts';
import { CommandId, ConversationId } from '#lib/protocol/ids.ts';
import { createMemorySpare } from '../../tests/support/memory-spare.ts';
import { createOutbox } from './outbox.ts';
import { createRoom, isQuota } from './room.ts';

type Sent = Extract<AgentUp, { type: 'command' }>;
beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }); });
afterEach(() => { vi.useRealTimers(); });

function start(db: Database = openDatabase(uuid())) {
  const sent: Sent[] = [];
  const full: boolean[] = [];
  const outbox = createOutbox({ db, spare: createMemorySpare(), room: createRoom(db, (isFull) => full.push(isFull)), now: () => 0, onCount: () => undefined, onFault: (error) => { throw error; }, send: (frame) => sent.push(frame as Sent) > 0 });
  const write = (id: number, conversation: string) => outbox.add(CommandId.parse(`${id}`), { type: 'message.send', conversationId: ConversationId.parse(conversation), text: `line ${id}`, seen: 0 });
  const nack = (id: string, code: Refusal['code']) => outbox.nacked(CommandId.parse(id), { code, message: 'Could not be done.' });
  return { db, outbox, sent, full, write, nack, ids: () => sent.map(({ id }) => id as string) };
}

test('two hundred conversations and twenty reconnections: no more than a window each time is sent again', async () => {
  const { outbox, sent, write, db } = start();
  for (let at = 0; at < 200; at++) await write(at, `c${at}`);
  expect(sent).toHaveLength(32);
  for (let round = 1; round <= 20; round++) {
    await outbox.reconnected();
    expect(sent).toHaveLength(32 * (round + 1));
  }
  // The oldest are first, so that nobody starves.
  expect(sent.slice(-32).map(({ id }) => Number(id))).toEqual(Array.from({ length: 32 }, (_, at) => at));
  // An answer makes room for just one more.
  await outbox.acked({ type: 'ack', id: CommandId.parse('0') });
  expect(sent).toHaveLength(32 * 21 + 1);
  expect(await db.outbox.count()).toBe(199);
});

test('a reply that the companion never can do fails after five tries, with words, and holds up nobody else meanwhile', async () => {
  const { db, ids, write, nack, outbox } = start();
  await write(0, 'poison');
  await write(1, 'poison');
  await write(2, 'other');
  await outbox.acked({ type: 'ack', id: CommandId.parse('2') });
  for (let tries = 1; tries <= 5; tries++) {
    expect(ids().filter((id) => id === '0')).toHaveLength(tries);
    await nack('0', 'internal');
    // Others moving on is no reason to try this one sooner.
    await write(10 + tries, 'other');
    await outbox.acked({ type: 'ack', id: CommandId.parse(`${10 + tries}`) });
    if (tries < 5) { expect(ids().filter((id) => id === '0')).toHaveLength(tries); await vi.advanceTimersByTimeAsync(2_000); await vi.waitFor(() => expect(ids().filter((id) => id === '0')).toHaveLength(tries + 1)); }
  }
  expect(await db.outbox.get(CommandId.parse('0'))).toMatchObject({ state: 'failed', refusal: { code: 'internal', message: 'Could not be done. Tried 5 times.' } });
  expect(ids()).toContain('1');
  await vi.advanceTimersByTimeAsync(60_000);
  await outbox.reconnected();
  expect(ids().filter((id) => id === '0')).toHaveLength(5);
});

test('its author may try again, which counts anew', async () => {
  const { db, write, nack, outbox, ids } = start();
  await write(0, 'c');
  for (let tries = 0; tries < 5; tries++) { await nack('0', 'internal'); await outbox.reconnected(); }
  expect((await db.outbox.get(CommandId.parse('0')))?.state).toBe('failed');
  await outbox.retry(CommandId.parse('0'));
  await nack('0', 'internal');
  expect((await db.outbox.get(CommandId.parse('0')))?.state).toBe('queued');
  expect(ids().length).toBe(6);
});

test('what the companion refused goes under another id when its author tries again: a late copy of the first must stay refused', async () => {
  const { db, write, nack, outbox, ids } = start();
  await write(0, 'c');
  await nack('0', 'not_yours');
  await Promise.all([outbox.retry(CommandId.parse('0')), outbox.retry(CommandId.parse('0'))]);
  const [entry, ...more] = await db.outbox.toArray();
  expect(more).toEqual([]);
  expect(entry).toMatchObject({ order: 1, refusal: null, command: { text: 'line 0' } });
  expect(entry!.id).not.toBe('0');
  expect(ids()).toEqual(['0', entry!.id]);
});

test.each(['malformed', 'too_long', 'forbidden', 'wrong_state', 'id_reused'] as const)('refused as %s: failed at once, the next of its conversation goes', async (code) => {
  const { db, ids, write, nack } = start();
  await write(0, 'c');
  await write(1, 'c');
  expect(ids()).toEqual(['0']);
  await nack('0', code);
  expect((await db.outbox.get(CommandId.parse('0')))?.state).toBe('failed');
  expect(ids()).toEqual(['0', '1']);
});

test('limited for a while, or a companion that restarts: tried again for as long as it takes', async () => {
  const { db, write, nack, outbox } = start();
  await write(0, 'c');
  for (let tries = 0; tries < 40; tries++) { await nack('0', tries % 2 ? 'rate_limited' : 'draining'); await outbox.reconnected(); }
  expect((await db.outbox.get(CommandId.parse('0')))?.state).toBe('sent');
});

/** From now on every write to this table finds no space, until told otherwise. */
function fillUp(db: Database, table: string): { isFull: boolean } {
  const disk = { isFull: true };
  db.close({ disableAutoOpen: false });
  db.use({ stack: 'dbcore', name: 'full', create: (core) => ({ ...core, table: (name) => {
    const one = core.table(name);
    return name !== table ? one : { ...one, mutate: (request) => (disk.isFull && request.type !== 'delete' ? Promise.reject(new DOMException('No space', 'QuotaExceededError')) : one.mutate(request)) };
  } }) });
  return disk;
}

test('no space for a reply: its author is told in words, nothing is half stored; with space again it goes', async () => {
  const { db, write, ids, full } = start();
  await write(0, 'c');
  const disk = fillUp(db, 'outbox');
  await expect(write(1, 'd')).rejects.toThrow('There is no space left for Baton');
  expect(full).toEqual([true]);
  expect(ids()).toEqual(['0']);
  disk.isFull = false;
  await write(1, 'd');
  expect(full).toEqual([true, false]);
  expect(ids()).toContain('1');
});

test('no space for what an answer brings: the entry stays and is asked about again, so that nothing is dropped in silence', async () => {
  const { db, write, outbox, ids } = start();
  await write(0, 'c');
  const message = { kind: 'said', id: '0', conversationId: 'c', index: 1, seq: 4, at: 1, author: { kind: 'agent', id: 'm', name: 'Sam', label: 'Sam' }, text: 'line 0' } as never;
  const disk = fillUp(db, 'message');
  await expect(outbox.acked({ type: 'ack', id: CommandId.parse('0'), message })).rejects.toSatisfy(isQuota);
  expect(await db.outbox.count()).toBe(1);
  disk.isFull = false;
  await vi.advanceTimersByTimeAsync(2_000);
  await vi.waitFor(() => expect(ids()).toEqual(['0', '0']));
  await outbox.acked({ type: 'ack', id: CommandId.parse('0'), message });
  expect([await db.outbox.count(), await db.message.count()]).toEqual([0, 1]);
});
