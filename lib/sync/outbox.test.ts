import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase, type Database } from '#lib/db/schema.ts';
import type { AgentUp } from '#lib/protocol/agent.ts';
import type { Command, Refusal } from '#lib/protocol/command.ts';
import { CommandId, ConversationId } from '#lib/protocol/ids.ts';
import { createMemorySpare } from '../../tests/support/memory-spare.ts';
import { createOutbox } from './outbox.ts';
import { createRoom } from './room.ts';

type Sent = Extract<AgentUp, { type: 'command' }>;
type Fate = 'taken' | 'held' | 'refused';

/** A companion as the outbox sees it: does each id once, holds some replies until they are forced, refuses some for ever. */
function createModelServer(fates: readonly Fate[]) {
  const done = new Map<string, string[]>();
  const taken = new Set<string>();
  const fateOf = (text: string): Fate => fates[Number(text.replace('line ', '')) % fates.length] ?? 'taken';
  const handle = ({ id, command }: Sent): Refusal | null => {
    if (command.type !== 'message.send') throw new Error('Only replies here');
    if (fateOf(command.text) === 'refused') return { code: 'wrong_state', message: 'No.' };
    if (fateOf(command.text) === 'held' && !command.force) return { code: 'held', message: 'A colleague wrote.' };
    if (!taken.has(id)) done.set(command.conversationId, [...done.get(command.conversationId) ?? [], command.text]);
    taken.add(id);
    return null;
  };
  return { done, handle, fateOf };
}

/** An agent's outbox, the socket between, and what can go wrong on it. */
function createWorld(db: Database, fates: readonly Fate[]) {
  const server = createModelServer(fates);
  let flying: Sent[] = [];
  const spare = createMemorySpare();
  const room = createRoom(db, () => undefined);
  const start = (): ReturnType<typeof createOutbox> => createOutbox({ db, spare, room, now: () => 0, onCount: () => undefined, onFault: (error) => { throw error; }, send: (frame) => flying.push(frame as Sent) > 0 });
  let outbox = start();
  const written: { text: string; conversationId: string }[] = [];
  const answer = async (isLost: boolean): Promise<void> => {
    const frame = flying.shift();
    if (!frame) return;
    const refusal = server.handle(frame);
    if (isLost) return;
    if (refusal) await outbox.nacked(frame.id, refusal);
    else await outbox.acked({ type: 'ack', id: frame.id });
  };
  return {
    server, written, answer,
    async write(conversation: number): Promise<void> {
      const id = CommandId.parse(String(written.length));
      const conversationId = ConversationId.parse(`c${conversation}`);
      written.push({ text: `line ${id}`, conversationId });
      const command: Extract<Command, { type: 'message.send' }> = { type: 'message.send', conversationId, text: `line ${id}`, seen: 0 };
      await outbox.add(id, command);
    },
    async cut(): Promise<void> { flying = []; await outbox.reconnected(); },
    /** The worker died; another starts on the same database. */
    async restart(): Promise<void> { outbox.close(); flying = []; outbox = start(); await outbox.reconnected(); },
    /** The network stays; authors send anyway what was held. */
    async settle(): Promise<void> {
      for (let round = 0; round < 200; round++) {
        await outbox.reconnected();
        while (flying.length > 0) await answer(false);
        const left = await db.outbox.toArray();
        const held = left.filter((entry) => entry.state === 'held');
        if (left.every((entry) => entry.state === 'failed')) return;
        for (const entry of held) await outbox.retry(entry.id, true);
        flying = [];
      }
      throw new Error('The outbox does not come to rest');
    },
    close: (): void => outbox.close(),
  };
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), conversation: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.constant({ do: 'answer' as const }) },
  fc.constant({ do: 'lose' as const }), fc.constant({ do: 'cut' as const }), fc.constant({ do: 'restart' as const }),
);
let databases = 0;

test('whatever is lost, cut or restarted: each reply arrives once, in the order of writing; a held one waits alone, a refused one stops nobody', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.array(fc.constantFrom<Fate>('taken', 'taken', 'taken', 'held', 'refused'), { minLength: 1, maxLength: 7 }), async (steps, fates) => {
    const db = openDatabase(`outbox-${databases++}`);
    const world = createWorld(db, fates);
    for (const one of steps) {
      if (one.do === 'write') await world.write(one.conversation);
      else if (one.do === 'answer') await world.answer(false);
      else if (one.do === 'lose') await world.answer(true);
      else await world[one.do]();
    }
    await world.settle();
    for (const conversationId of ['c0', 'c1', 'c2']) {
      const wanted = world.written.filter((one) => one.conversationId === conversationId && world.server.fateOf(one.text) !== 'refused').map(({ text }) => text);
      expect(world.server.done.get(conversationId) ?? []).toEqual(wanted);
    }
    expect((await db.outbox.toArray()).map(({ command }) => command.text).toSorted()).toEqual(world.written.filter(({ text }) => world.server.fateOf(text) === 'refused').map(({ text }) => text).toSorted());
    world.close();
    await db.delete();
  }), { numRuns: 120 });
});

test('a held reply blocks its own conversation only', async () => {
  const db = openDatabase(`outbox-${databases++}`);
  const world = createWorld(db, ['held', 'taken']);
  await world.write(0); // id 0: held
  await world.write(1); // id 1: taken, elsewhere
  await world.answer(false);
  await world.answer(false);
  expect(world.server.done.get('c1')).toEqual(['line 1']);
  expect(world.server.done.get('c0')).toBeUndefined();
  expect((await db.outbox.get(CommandId.parse('0')))?.state).toBe('held');
  world.close();
});

test('words for a conversation that was deleted leave the outbox and are counted for their author, whenever it is found out', async () => {
  const db = openDatabase();
  await Promise.all(db.tables.map((table) => table.clear()));
  const sent: string[] = [];
  const outbox = createOutbox({ db, spare: createMemorySpare(), room: createRoom(db, () => undefined), now: () => 0, onCount: () => undefined, onFault: (error) => { throw error; }, send: (frame) => sent.push((frame as Sent).id) > 0 });
  const write = (id: string) => outbox.add(CommandId.parse(id), { type: 'message.send', conversationId: ConversationId.parse('c'), text: 'CANARY', seen: 0 });
  const notFound: Refusal = { code: 'not_found', message: 'There is no such conversation.' };
  await write('1');
  // A restored companion may not know it (yet): the words stay with their author.
  await outbox.nacked(CommandId.parse('1'), notFound);
  expect(await db.outbox.toArray()).toMatchObject([{ id: '1', state: 'failed' }]);
  await outbox.discard(CommandId.parse('1'));
  await write('2');
  await db.meta.put({ key: 'gone', conversations: [{ id: ConversationId.parse('c'), at: 9, name: '', unsent: 0 }] });
  await outbox.nacked(CommandId.parse('2'), notFound);
  await write('3');
  expect(sent).toEqual(['1', '2']);
  expect(await db.outbox.count()).toBe(0);
  expect(await db.meta.get('gone')).toMatchObject({ conversations: [{ id: 'c', unsent: 2 }] });
});
