import { expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { conversationOf, done, newMessageId, refusal, type Scene } from './contract-scene.ts';

type NewScene = () => Promise<Scene>;

/** Seqs, and doing the same id once (law 8). */
export function dedupeContract(newScene: NewScene): void {
  test('concurrent commits of many conversations take every seq once', async () => {
    const scene = await newScene();
    const from = await scene.store.head(scene.ws);
    const all = await Promise.all(Array.from({ length: 60 }, async (_, n) => {
      const visitor = scene.visitor();
      return Promise.all(Array.from({ length: 5 }, (__, i) => scene.say(visitor, `${n} ${i}`)));
    }));
    const commits = all.flat().map((one) => done(one).commit!);
    const taken = commits.flatMap(({ rows, stream }) => [...rows.map(({ row }) => row.seq), ...(stream?.messages ?? []).map(({ seq }) => seq)]).sort((a, b) => a - b);
    expect(taken).toEqual(Array.from({ length: taken.length }, (_, i) => from + 1 + i));
    expect(await scene.store.head(scene.ws)).toBe(taken.at(-1));
    const ranges = commits.sort((a, b) => a.from - b.from);
    ranges.forEach((one, i) => expect(one.from).toBe(i === 0 ? from : ranges[i - 1]!.to));
  });

  test('messages of one conversation are numbered from 1 without a gap', async () => {
    const scene = await newScene();
    const visitor = scene.visitor();
    const [first] = await Promise.all(Array.from({ length: 20 }, (_, i) => scene.say(visitor, `line ${i}`)));
    const { id } = conversationOf(first!);
    const messages = await scene.store.messages(id, 0, 100);
    expect(messages.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(messages.map((one) => one.kind === 'said' && one.text)).toEqual(Array.from({ length: 20 }, (_, i) => `line ${i}`));
  });
}

/** What a client sends again after a cut. */
export function retryContract(newScene: NewScene): void {
  test('a message, a reply and a note sent twice, together and after reopening, are written once', async () => {
    const scene = await newScene();
    const visitor = scene.visitor();
    const [mine, his, noted] = [newMessageId(), newMessageId(), newMessageId()];
    const first = await Promise.all([scene.say(visitor, 'hi', mine), scene.say(visitor, 'hi', mine)]);
    const conversation = conversationOf(first[0]);
    done(await scene.act(scene.sam, conversation, { type: 'conversation.claim' }));
    const again = async (): Promise<(readonly [unknown, boolean])[]> => (await Promise.all([
      scene.say(visitor, 'hi', mine), scene.reply(scene.sam, conversation, 'yes?', his), scene.act(scene.sam, conversation, { type: 'note.add', text: 'psst' }, noted),
      scene.reply(scene.sam, conversation, 'yes?', his), scene.act(scene.sam, conversation, { type: 'note.add', text: 'psst' }, noted),
    ])).map((one) => [done(one).message ?? done(one).note, done(one).commit !== null] as const);
    const once = await again();
    expect(once.map(([, isNew]) => isNew)).toEqual([false, true, true, false, false]);
    expect(once[3]![0]).toEqual(once[1]![0]);
    expect(once[4]![0]).toEqual(once[2]![0]);
    const head = await scene.store.head(scene.ws);
    await scene.under.reopen();
    const later = await again();
    expect(later.map(([, isNew]) => isNew)).toEqual([false, false, false, false, false]);
    expect(later.map(([what]) => what)).toEqual(once.map(([what]) => what));
    expect(await scene.store.head(scene.ws)).toBe(head);
  });

  test('a call of a webhook is done once for its id, whatever it says the second time, also after reopening; another bot’s ids are its own', async () => {
    const scene = await newScene();
    const conversation = conversationOf(await scene.say(scene.visitor(), 'hi'));
    const call = (text: string, id: string, botId = conversation.botId) => scene.store.commit({ ...scene.base(id), kind: 'conversation', conversationId: conversation.id, what: { by: 'webhook', botId, act: { type: 'bot.say', id: newMessageId(), text, sources: [] } } });
    expect((await Promise.all([call('Sent.', 'msg_1'), call('Sent.', 'msg_1')])).map(refusal)).toEqual(['done', 'id_reused']);
    await scene.under.reopen();
    expect([refusal(await call('Sent.', 'msg_1')), refusal(await call('Sent.', 'msg_1', uuid() as never)), refusal(await call('More.', 'msg_2'))]).toEqual(['id_reused', 'not_found', 'done']);
    const said = (await scene.store.messages(conversation.id, 0, 10)).flatMap((one) => (one.kind === 'said' ? [one.text] : []));
    expect(said).toEqual(['hi', 'Sent.', 'More.']);
  });

  test('a command sent twice, together and after reopening, gives its first result and takes no seq', async () => {
    const scene = await newScene();
    const { visitor, conversation } = await scene.chat();
    const [escalate, claim, resolve, added] = [uuid(), uuid(), uuid(), uuid()];
    const memberId = scene.visitor().visitorId as never;
    const again = () => Promise.all([
      scene.visit(visitor, { type: 'visitor.escalate' }, escalate), scene.act(scene.sam, conversation, { type: 'conversation.claim' }, claim),
      scene.act(scene.sam, conversation, { type: 'conversation.resolve' }, resolve), scene.manage(scene.admin, { type: 'member.add', memberId, name: 'Noa', role: 'agent' }, added),
    ]);
    const [first, second] = await Promise.all([again(), again()]);
    expect(first.map((one) => done(one).commit === null)).toEqual([false, false, false, false]);
    const head = await scene.store.head(scene.ws);
    await scene.under.reopen();
    for (const one of [second, await again()]) {
      expect(one.map((each) => done(each).commit)).toEqual([null, null, null, null]);
      expect(one.map((each) => done(each).result)).toEqual(first.map((each) => done(each).result));
      expect(one.slice(0, 3).map((each) => conversationOf(each).id)).toEqual([conversation.id, conversation.id, conversation.id]);
    }
    expect(await scene.store.head(scene.ws)).toBe(head);
  });
}

/** An id stands for one content of one author. */
export function reuseContract(newScene: NewScene): void {
  test('an id used again for something else is refused and takes no seq', async () => {
    const scene = await newScene();
    const { visitor, conversation } = await scene.chat();
    const other = await scene.chat();
    const [mine, noted, command] = [newMessageId(), newMessageId(), uuid()];
    done(await scene.say(visitor, 'one', mine));
    done(await scene.act(scene.sam, conversation, { type: 'note.add', text: 'one' }, noted));
    done(await scene.act(scene.sam, conversation, { type: 'conversation.claim' }, command));
    const head = await scene.store.head(scene.ws);
    expect(await Promise.all([
      scene.say(visitor, 'two', mine), scene.act(scene.sam, conversation, { type: 'note.add', text: 'two' }, noted),
      scene.act(scene.sam, other.conversation, { type: 'note.add', text: 'one' }, noted),
      scene.act(scene.sam, conversation, { type: 'conversation.resolve' }, command), scene.act(scene.sam, other.conversation, { type: 'conversation.claim' }, command),
    ].map(async (one) => refusal(await one)))).toEqual(Array.from({ length: 5 }, () => 'id_reused'));
    expect(await scene.store.head(scene.ws)).toBe(head);
  });

  test("another visitor's message id and text do not open their conversation", async () => {
    const scene = await newScene();
    const { visitor } = await scene.chat();
    const mine = newMessageId();
    done(await scene.say(visitor, 'my order 7', mine));
    expect(refusal(await scene.say(scene.visitor(), 'my order 7', mine))).toBe('id_reused');
    expect(refusal(await scene.say({ ...visitor, secretHash: 'wrong' }, 'my order 7', mine))).toBe('forbidden');
  });

  test('the first answer stands: what a member was told is refused is not taken when a late copy of it comes', async () => {
    const scene = await newScene();
    const { conversation } = await scene.chat();
    const [archive, reply] = [uuid(), newMessageId()];
    const late = async (): Promise<string[]> => [refusal(await scene.act(scene.sam, conversation, { type: 'conversation.archive' }, archive)), refusal(await scene.reply(scene.sam, conversation, 'Yes?', reply))];
    const first = await late();
    expect(first).toEqual(['wrong_state', 'not_yours']);
    done(await scene.act(scene.sam, conversation, { type: 'conversation.claim' }));
    expect((await late())[1]).toBe('not_yours');
    done(await scene.act(scene.sam, conversation, { type: 'conversation.resolve' }));
    await scene.under.reopen();
    expect(await late()).toEqual(first);
    expect((await scene.store.messages(conversation.id, 0, 100)).map(({ id }) => id)).not.toContain(reply);
  });

  test('a reply that was refused may be asked for otherwise under its id, and is taken once', async () => {
    const scene = await newScene();
    const { conversation } = await scene.chat();
    const id = newMessageId();
    const ask = (seen: number) => scene.act(scene.sam, conversation, { type: 'message.send', conversationId: conversation.id, text: 'Yes?', seen } as never, id);
    expect(refusal(await ask(1))).toBe('not_yours');
    expect(refusal(await ask(2))).toBe('not_yours');
    done(await scene.act(scene.sam, conversation, { type: 'conversation.claim' }));
    expect(done(await ask(3)).message?.id).toBe(id);
    expect(done(await ask(1)).commit).toBeNull();
  });
}
