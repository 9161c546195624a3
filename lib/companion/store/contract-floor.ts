import { expect, test } from 'vitest';
import { must } from '#lib/base/must.ts';
import { MINUTE, SECOND } from '#lib/base/time.ts';
import { conversationOf, decided, done, refusal, type World } from './contract-world.ts';

type NewWorld = () => Promise<World>;

/** Laws 1, 2 and 6: who speaks, one escalation, one owner. */
export function floorContract(newWorld: NewWorld): void {
  test('of two agents who claim 500 conversations at once, one wins each and the other is told who', async () => {
    const world = await newWorld();
    const chats = await Promise.all(Array.from({ length: 500 }, () => world.chat()));
    const races = await Promise.all(chats.map(({ conversation }, i) => {
      const pair = i % 2 ? [world.sam, world.mia] : [world.mia, world.sam];
      return Promise.all(pair.map(async (actor) => ({ actor, answer: await world.act(actor, conversation, { type: 'conversation.claim' }) })));
    }));
    for (const race of races) {
      const [winner, loser] = [race.filter(({ answer }) => answer.ok), race.filter(({ answer }) => !answer.ok)];
      expect([winner.length, loser.length]).toEqual([1, 1]);
      expect(loser[0]!.answer).toMatchObject({ refusal: { code: 'taken', by: winner[0]!.actor.name } });
      expect((await world.store.conversation(conversationOf(winner[0]!.answer).id))?.claim?.memberId).toBe(winner[0]!.actor.id);
    }
  });

  test('a bot turn that arrives after a claim is dropped and takes no seq', async () => {
    const world = await newWorld();
    const { conversation } = await world.chat();
    const [claimed, late] = await Promise.all([world.act(world.sam, conversation, { type: 'conversation.claim' }), world.turn(conversation, 1, 'in flight')]);
    expect(conversationOf(claimed)).toMatchObject({ floor: 'team', owed: null });
    expect(refusal(late)).toBe('bot_has_floor');
    expect(await world.store.head(world.ws)).toBe(done(claimed).commit!.to);
    expect((await world.store.messages(conversation.id, 0, 10)).map(({ kind }) => kind)).toEqual(['said', 'happened']);
  });

  test('the bot answers a message once, and again only what came since', async () => {
    const world = await newWorld();
    const { visitor, conversation } = await world.chat();
    expect(conversationOf(await world.turn(conversation, 1, 'answer')).owed).toBeNull();
    expect(refusal(await world.turn(conversation, 1, 'answer again'))).toBe('bot_has_floor');
    expect(conversationOf(await world.say(visitor, 'and?')).owed).toEqual({ first: 3, last: 3 });
    expect(refusal(await world.turn(conversation, 1, 'late'))).toBe('bot_has_floor');
    done(await world.turn(conversation, 3, 'more'));
  });

  test('asking for a person again and again escalates once', async () => {
    const world = await newWorld();
    const { visitor, conversation } = await world.chat();
    const asked = await Promise.all(Array.from({ length: 8 }, () => world.visit(visitor, { type: 'visitor.escalate' })));
    world.at += MINUTE;
    asked.push(await world.visit(visitor, { type: 'visitor.escalate' }));
    expect(asked.filter((one) => done(one).commit !== null)).toHaveLength(1);
    const found = must(await world.store.conversation(conversation.id), 'conversation');
    expect(found).toMatchObject({ status: 'escalated', floor: 'team', escalation: { trigger: 'button', shown: 'queued', at: world.at - MINUTE } });
    const happened = (await world.store.messages(conversation.id, 0, 50)).filter(({ kind }) => kind === 'happened');
    expect(happened).toHaveLength(1);
  });

  test('places in the queue are 1, 2, 3 by when the person was asked for', async () => {
    const world = await newWorld();
    const waiting = [];
    for (let i = 0; i < 3; i++) {
      const { visitor } = await world.chat();
      world.at += SECOND;
      waiting.push(conversationOf(await world.visit(visitor, { type: 'visitor.escalate' })));
    }
    expect(await Promise.all(waiting.map((one) => world.store.place(world.ws, one)))).toEqual([1, 2, 3]);
    done(await world.act(world.sam, waiting[0]!, { type: 'conversation.claim' }));
    expect(await world.store.place(world.ws, waiting[2]!)).toBe(2);
  });
}

/** What time does: reopening, releasing, archiving, and what is still owed. */
export function timeContract(newWorld: NewWorld): void {
  const resolved = async (world: World): Promise<Awaited<ReturnType<World['chat']>>> => {
    const chat = await world.chat();
    done(await world.reply(world.sam, chat.conversation, 'on it', undefined, { claim: true }));
    done(await world.act(world.sam, chat.conversation, { type: 'conversation.resolve' }));
    return chat;
  };

  test('a visitor line within 30 minutes of a resolve reopens: to the same agent if connected, else waiting', async () => {
    const world = await newWorld();
    const [a, b] = [await resolved(world), await resolved(world)];
    world.at += 30 * MINUTE;
    expect(conversationOf(await world.say(a.visitor, 'one more thing'))).toMatchObject({ status: 'escalated', floor: 'team', claim: { memberId: world.sam.id, name: 'Sam' } });
    world.connected = [world.mia.id];
    expect(conversationOf(await world.say(b.visitor, 'one more thing'))).toMatchObject({ status: 'escalated', floor: 'team', claim: null, escalation: { trigger: 'reopened' } });
  });

  test('a visitor line later than that is the bot’s', async () => {
    const world = await newWorld();
    const { visitor } = await resolved(world);
    world.at += 30 * MINUTE + 1;
    expect(conversationOf(await world.say(visitor, 'new question'))).toMatchObject({ status: 'open', floor: 'bot', claim: null, escalation: null, owed: { first: 5, last: 5 } });
  });

  test('an archived visitor gets a new conversation, and only with their secret', async () => {
    const world = await newWorld();
    const { visitor, conversation } = await resolved(world);
    const current = (): ReturnType<World['store']['visitorConversation']> => world.store.visitorConversation(world.botId, visitor.visitorId, visitor.secretHash);
    expect(await current()).toMatchObject({ id: conversation.id });
    done(await world.act(world.sam, conversation, { type: 'conversation.archive' }));
    expect(await current()).toBeNull();
    const next = conversationOf(await world.say(visitor, 'hello again'));
    expect(next.id).not.toBe(conversation.id);
    expect(next.messageCount).toBe(1);
    expect(await current()).toMatchObject({ id: next.id });
    expect(await world.store.visitorConversation(world.botId, visitor.visitorId, 'wrong')).toBe('denied');
    expect(await world.store.visitorConversation(world.botId, world.visitor().visitorId, 'any')).toBeNull();
    expect(refusal(await world.say({ ...visitor, secretHash: 'wrong' }, 'let me in'))).toBe('forbidden');
  });

  test('due: owed turns, claims idle for 5 minutes and what was resolved 30 days ago', async () => {
    const world = await newWorld();
    const owed = await world.chat();
    const claimed = await world.chat();
    done(await world.act(world.sam, claimed.conversation, { type: 'conversation.claim' }));
    const { conversation: old } = await resolved(world);
    const due = async (after: number): Promise<[string[], string[], string[]]> => {
      const found = await world.store.due(world.ws, world.at + after);
      return [found.owed.map(({ id }) => id), found.release, found.archive];
    };
    expect(await due(5 * MINUTE - 1)).toEqual([[owed.conversation.id], [], []]);
    expect(await due(5 * MINUTE)).toEqual([[owed.conversation.id], [claimed.conversation.id], []]);
    expect((await due(30 * 24 * 60 * MINUTE))[2]).toEqual([old.id]);
    done(await world.tick(claimed.conversation, 'clock.release'));
    expect((await world.store.conversation(claimed.conversation.id))?.claim).not.toBeNull();
    world.at += 30 * 24 * 60 * MINUTE;
    expect(conversationOf(await world.tick(claimed.conversation, 'clock.release')).claim).toBeNull();
    expect((await world.store.notes(claimed.conversation.id)).map(({ by, text }) => [by, text])).toEqual([[null, 'Released from Sam: no reply for 5 min.']]);
    expect(conversationOf(await world.tick(old, 'clock.archive')).status).toBe('archived');
    done(await world.turn(owed.conversation, 1, 'answer', decided('answer')));
    expect(await due(0)).toEqual([[], [], []]);
  });
}
