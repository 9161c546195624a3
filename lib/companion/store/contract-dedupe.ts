import { expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { conversationOf, done, newMessageId, refusal, type World } from './contract-world.ts';

type NewWorld = () => Promise<World>;

/** Seqs, and doing the same id once (law 8). */
export function dedupeContract(newWorld: NewWorld): void {
  test('concurrent commits of many conversations take every seq once', async () => {
    const world = await newWorld();
    const from = await world.store.head(world.ws);
    const all = await Promise.all(Array.from({ length: 60 }, async (_, n) => {
      const visitor = world.visitor();
      return Promise.all(Array.from({ length: 5 }, (__, i) => world.say(visitor, `${n} ${i}`)));
    }));
    const commits = all.flat().map((one) => done(one).commit!);
    const taken = commits.flatMap(({ rows, stream }) => [...rows.map(({ row }) => row.seq), ...(stream?.messages ?? []).map(({ seq }) => seq)]).sort((a, b) => a - b);
    expect(taken).toEqual(Array.from({ length: taken.length }, (_, i) => from + 1 + i));
    expect(await world.store.head(world.ws)).toBe(taken.at(-1));
    const ranges = commits.sort((a, b) => a.from - b.from);
    ranges.forEach((one, i) => expect(one.from).toBe(i === 0 ? from : ranges[i - 1]!.to));
  });

  test('messages of one conversation are numbered from 1 without a gap', async () => {
    const world = await newWorld();
    const visitor = world.visitor();
    const [first] = await Promise.all(Array.from({ length: 20 }, (_, i) => world.say(visitor, `line ${i}`)));
    const { id } = conversationOf(first!);
    const messages = await world.store.messages(id, 0, 100);
    expect(messages.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(messages.map((one) => one.kind === 'said' && one.text)).toEqual(Array.from({ length: 20 }, (_, i) => `line ${i}`));
  });

  test('a message, a reply and a note sent twice, together and after reopening, are written once', async () => {
    const world = await newWorld();
    const visitor = world.visitor();
    const [mine, his, noted] = [newMessageId(), newMessageId(), newMessageId()];
    const first = await Promise.all([world.say(visitor, 'hi', mine), world.say(visitor, 'hi', mine)]);
    const conversation = conversationOf(first[0]);
    done(await world.act(world.sam, conversation, { type: 'conversation.claim' }));
    const again = async (): Promise<(readonly [unknown, boolean])[]> => (await Promise.all([
      world.say(visitor, 'hi', mine), world.reply(world.sam, conversation, 'yes?', his), world.act(world.sam, conversation, { type: 'note.add', text: 'psst' }, noted),
      world.reply(world.sam, conversation, 'yes?', his), world.act(world.sam, conversation, { type: 'note.add', text: 'psst' }, noted),
    ])).map((one) => [done(one).message ?? done(one).note, done(one).commit !== null] as const);
    const once = await again();
    expect(once.map(([, isNew]) => isNew)).toEqual([false, true, true, false, false]);
    expect(once[3]![0]).toEqual(once[1]![0]);
    expect(once[4]![0]).toEqual(once[2]![0]);
    const head = await world.store.head(world.ws);
    await world.under.reopen();
    const later = await again();
    expect(later.map(([, isNew]) => isNew)).toEqual([false, false, false, false, false]);
    expect(later.map(([what]) => what)).toEqual(once.map(([what]) => what));
    expect(await world.store.head(world.ws)).toBe(head);
  });

  test('a command sent twice, together and after reopening, gives its first result and takes no seq', async () => {
    const world = await newWorld();
    const { visitor, conversation } = await world.chat();
    const [escalate, claim, resolve, added] = [uuid(), uuid(), uuid(), uuid()];
    const memberId = world.visitor().visitorId as never;
    const again = () => Promise.all([
      world.visit(visitor, { type: 'visitor.escalate' }, escalate), world.act(world.sam, conversation, { type: 'conversation.claim' }, claim),
      world.act(world.sam, conversation, { type: 'conversation.resolve' }, resolve), world.manage(world.admin, { type: 'member.add', memberId, name: 'Noa', role: 'agent' }, added),
    ]);
    const [first, second] = await Promise.all([again(), again()]);
    expect(first.map((one) => done(one).commit === null)).toEqual([false, false, false, false]);
    const head = await world.store.head(world.ws);
    await world.under.reopen();
    for (const one of [second, await again()]) {
      expect(one.map((each) => done(each).commit)).toEqual([null, null, null, null]);
      expect(one.map((each) => done(each).result)).toEqual(first.map((each) => done(each).result));
      expect(one.slice(0, 3).map((each) => conversationOf(each).id)).toEqual([conversation.id, conversation.id, conversation.id]);
    }
    expect(await world.store.head(world.ws)).toBe(head);
  });
}

/** An id stands for one content of one author. */
export function reuseContract(newWorld: NewWorld): void {
  test('an id used again for something else is refused and takes no seq', async () => {
    const world = await newWorld();
    const { visitor, conversation } = await world.chat();
    const other = await world.chat();
    const [mine, noted, command] = [newMessageId(), newMessageId(), uuid()];
    done(await world.say(visitor, 'one', mine));
    done(await world.act(world.sam, conversation, { type: 'note.add', text: 'one' }, noted));
    done(await world.act(world.sam, conversation, { type: 'conversation.claim' }, command));
    const head = await world.store.head(world.ws);
    expect(await Promise.all([
      world.say(visitor, 'two', mine), world.act(world.sam, conversation, { type: 'note.add', text: 'two' }, noted),
      world.act(world.sam, other.conversation, { type: 'note.add', text: 'one' }, noted),
      world.act(world.sam, conversation, { type: 'conversation.resolve' }, command), world.act(world.sam, other.conversation, { type: 'conversation.claim' }, command),
    ].map(async (one) => refusal(await one)))).toEqual(Array.from({ length: 5 }, () => 'id_reused'));
    expect(await world.store.head(world.ws)).toBe(head);
  });

  test("another visitor's message id and text do not open their conversation", async () => {
    const world = await newWorld();
    const { visitor } = await world.chat();
    const mine = newMessageId();
    done(await world.say(visitor, 'my order 7', mine));
    expect(refusal(await world.say(world.visitor(), 'my order 7', mine))).toBe('id_reused');
    expect(refusal(await world.say({ ...visitor, secretHash: 'wrong' }, 'my order 7', mine))).toBe('forbidden');
  });

  test('a command that was refused may be tried again with its id', async () => {
    const world = await newWorld();
    const { conversation } = await world.chat();
    const command = uuid();
    expect(refusal(await world.act(world.sam, conversation, { type: 'conversation.archive' }, command))).toBe('wrong_state');
    done(await world.act(world.sam, conversation, { type: 'conversation.resolve' }));
    expect(conversationOf(await world.act(world.sam, conversation, { type: 'conversation.archive' }, command)).status).toBe('archived');
  });
}
