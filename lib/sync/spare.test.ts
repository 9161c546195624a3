import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase, type Database, type OutboxEntry } from '#lib/db/schema.ts';
import type { AgentUp } from '#lib/protocol/agent.ts';
import { CommandId, ConversationId } from '#lib/protocol/ids.ts';
import { createMemorySpare } from '../../tests/support/memory-spare.ts';
import { createOutbox } from './outbox.ts';
import { createRoom } from './room.ts';

type Sent = Extract<AgentUp, { type: 'command' }>;
type Step = { do: 'write'; conversation: number } | { do: 'answer' } | { do: 'discard' } | { do: 'cut' };
let databases = 0;

/** A worker that may do `effects` more: transactions, writes to the spare, frames. At the next it is dead, and stays so. */
function createLife(effects: number) {
  let left = effects;
  return { spend: (): void => { if (--left < 0) throw new Error('dead'); } };
}

/** A database whose every writing transaction is an effect. */
function mortalDatabase(life: { spend(): void }): Database {
  const db = openDatabase(`spare-${databases++}`);
  db.use({ stack: 'dbcore', name: 'mortal', create: (core) => ({ ...core, transaction: (tables, mode, options) => { if (mode === 'readwrite') life.spend(); return core.transaction(tables, mode, options); } }) });
  return db;
}

/** What is left when the worker died after so many effects. */
async function liveAndDie(steps: readonly Step[], effects: number) {
  const life = createLife(effects);
  const db = mortalDatabase(life);
  const kept = createMemorySpare();
  const spare = { all: kept.all, put: async (entries: OutboxEntry[]) => { if (entries.length > 0) life.spend(); await kept.put(entries); }, drop: async (ids: CommandId[]) => { if (ids.length > 0) life.spend(); await kept.drop(ids); } };
  const flying: Sent[] = [];
  const outbox = createOutbox({ db, spare, room: createRoom(db, () => undefined), now: () => 0, onCount: () => undefined, onFault: (error) => { throw error; }, send: (frame) => { life.spend(); return flying.push(frame as Sent) > 0; } });
  const done: string[] = [], confirmed: string[] = [], discarded: string[] = [];
  let written = 0;
  let isDead = false;
  for (const step of steps) {
    try {
      if (step.do === 'write') {
        const id = CommandId.parse(`${written++}`);
        await outbox.add(id, { type: 'message.send', conversationId: ConversationId.parse(`c${step.conversation}`), text: `line ${id}`, seen: 0 });
        confirmed.push(id);
      } else if (step.do === 'answer') {
        const id = flying.shift()?.id;
        if (id && !done.includes(id)) done.push(id);
        if (id) await outbox.acked({ type: 'ack', id });
      } else if (step.do === 'discard') {
        const last = (await db.outbox.orderBy('order').last())?.id;
        if (last) { discarded.push(last); await outbox.discard(last); }
      } else { flying.length = 0; await outbox.reconnected(); }
    } catch (error) { expect(String(error)).toContain('dead'); isDead = true; break; }
  }
  outbox.close();
  const rows = { outbox: await db.outbox.toArray(), message: await db.message.toArray() };
  await db.delete();
  return { isDead, rows, spare: kept, done, confirmed, discarded };
}
type Rest = Awaited<ReturnType<typeof liveAndDie>>;

/** Another worker, on the same spare and on `rows`, with a companion that answers. */
async function liveOn({ spare, done }: Rest, rows: Rest['rows']) {
  const db = openDatabase(`spare-${databases++}`);
  await db.outbox.bulkAdd(rows.outbox);
  const flying: Sent[] = [];
  const outbox = createOutbox({ db, spare, room: createRoom(db, () => undefined), now: () => 0, onCount: () => undefined, onFault: (error) => { throw error; }, send: (frame) => flying.push(frame as Sent) > 0 });
  await outbox.reconnected();
  const arrived = [...done];
  for (let one = flying.shift(); one; one = flying.shift()) {
    if (!arrived.includes(one.id)) arrived.push(one.id);
    await outbox.acked({ type: 'ack', id: one.id });
  }
  const noted = await db.meta.get('restored');
  const left = { outbox: await db.outbox.count(), spare: spare.held.size };
  outbox.close();
  await db.delete();
  return { arrived, restored: noted?.key === 'restored' ? noted.replies.map(({ id }) => id as string) : [], left };
}

const steps = fc.array(fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), conversation: fc.nat(1) }) },
  { weight: 3, arbitrary: fc.constant({ do: 'answer' as const }) }, fc.constant({ do: 'discard' as const }), fc.constant({ do: 'cut' as const })), { minLength: 2, maxLength: 9 });
/** In each conversation by the order of writing; `c` of an id is not needed: ids count up. */
const isInOrder = (ids: readonly string[], rows: readonly OutboxEntry[]): boolean => {
  const of = new Map(rows.map((row) => [row.id as string, row.conversationId]));
  return [...new Set(of.values())].every((conversation) => { const own = ids.filter((id) => of.get(id) === conversation).map(Number); return own.every((id, at) => at === 0 || own[at - 1]! < id); });
};

test('a worker that dies at any point loses nothing that was confirmed, and never raises a false alarm', async () => {
  await fc.assert(fc.asyncProperty(steps, async (list) => {
    for (let effects = 0, isOver = false; !isOver; effects++) {
      const rest = await liveAndDie(list, effects);
      isOver = !rest.isDead;
      const { arrived, restored, left } = await liveOn(rest, rest.rows);
      expect(restored).toEqual([]);
      expect(arrived).toEqual(expect.arrayContaining(rest.confirmed.filter((id) => !rest.discarded.includes(id))));
      expect(isInOrder(arrived, rest.rows.outbox)).toBe(true);
      expect(left).toEqual({ outbox: 0, spare: 0 });
    }
  }), { numRuns: 12 });
}, 60_000);

test('a database that comes back empty, or as it was before, at any point: every confirmed reply still arrives once, and just those that were gone are noted', async () => {
  let noted = 0;
  await fc.assert(fc.asyncProperty(steps, fc.nat(10_000), async (list, seed) => {
    for (let effects = 0, isOver = false; !isOver; effects++) {
      const rest = await liveAndDie(list, effects);
      isOver = !rest.isDead;
      const older = await liveAndDie(list, seed % (effects + 1));
      for (const rows of [{ outbox: [], message: [] }, older.rows]) {
        const copy = { ...rest, spare: createMemorySpare() };
        await copy.spare.put([...rest.spare.held.values()]);
        const gone = [...copy.spare.held.keys()].filter((id) => !rows.outbox.some((row) => row.id === id));
        const { arrived, restored, left } = await liveOn(copy, rows);
        noted += restored.length;
        expect(restored.toSorted()).toEqual(gone.toSorted());
        expect(arrived).toEqual(expect.arrayContaining(rest.confirmed.filter((id) => !rest.discarded.includes(id))));
        expect(left).toEqual({ outbox: 0, spare: 0 });
      }
    }
  }), { numRuns: 8 });
  expect(noted).toBeGreaterThan(0);
}, 60_000);

test('what is forgotten on purpose, or belongs to a deleted conversation, does not come back', async () => {
  const spare = createMemorySpare();
  const start = (db: Database) => createOutbox({ db, spare, room: createRoom(db, () => undefined), now: () => 0, onCount: () => undefined, onFault: (error) => { throw error; }, send: () => false });
  const [first, second] = [openDatabase(`spare-${databases++}`), openDatabase(`spare-${databases++}`)];
  const outbox = start(first);
  for (const [id, conversation] of [['1', 'a'], ['2', 'b'], ['3', 'a']] as const) await outbox.add(CommandId.parse(id), { type: 'note.add', conversationId: ConversationId.parse(conversation), text: 'x' });
  await outbox.letGo([ConversationId.parse('a')]);
  const other = start(second);
  await other.check();
  expect((await second.outbox.toArray()).map(({ id }) => id)).toEqual(['2']);
  await other.forget();
  await second.outbox.clear();
  await other.check();
  expect(await second.outbox.count()).toBe(0);
});
