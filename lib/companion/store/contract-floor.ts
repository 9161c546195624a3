import { expect, test } from 'vitest';
import { must } from '#lib/base/must.ts';
import { MINUTE, SECOND } from '#lib/base/time.ts';
import { conversationOf, decided, done, refusal, type Scene } from './contract-scene.ts';

type NewScene = () => Promise<Scene>;

const resolved = async (scene: Scene): Promise<Awaited<ReturnType<Scene['chat']>>> => {
  const chat = await scene.chat();
  done(await scene.reply(scene.sam, chat.conversation, 'on it', undefined, { claim: true }));
  done(await scene.act(scene.sam, chat.conversation, { type: 'conversation.resolve' }));
  return chat;
};

/** Laws 1, 2 and 6: who speaks, one escalation, one owner. */
export function floorContract(newScene: NewScene): void {
  test('of two agents who claim 500 conversations at once, one wins each and the other is told who', async () => {
    const scene = await newScene();
    const chats = await Promise.all(Array.from({ length: 500 }, () => scene.chat()));
    const races = await Promise.all(chats.map(({ conversation }, i) => {
      const pair = i % 2 ? [scene.sam, scene.mia] : [scene.mia, scene.sam];
      return Promise.all(pair.map(async (actor) => ({ actor, answer: await scene.act(actor, conversation, { type: 'conversation.claim' }) })));
    }));
    for (const race of races) {
      const [winner, loser] = [race.filter(({ answer }) => answer.ok), race.filter(({ answer }) => !answer.ok)];
      expect([winner.length, loser.length]).toEqual([1, 1]);
      expect(loser[0]!.answer).toMatchObject({ refusal: { code: 'taken', by: winner[0]!.actor.name } });
      expect((await scene.store.conversation(conversationOf(winner[0]!.answer).id))?.claim?.memberId).toBe(winner[0]!.actor.id);
    }
  });

  test('a bot turn that arrives after a claim is dropped and takes no seq', async () => {
    const scene = await newScene();
    const { conversation } = await scene.chat();
    const [claimed, late] = await Promise.all([scene.act(scene.sam, conversation, { type: 'conversation.claim' }), scene.turn(conversation, 1, 'in flight')]);
    expect(conversationOf(claimed)).toMatchObject({ floor: 'team', owed: null });
    expect(refusal(late)).toBe('bot_has_floor');
    expect(await scene.store.head(scene.ws)).toBe(done(claimed).commit!.to);
    expect((await scene.store.messages(conversation.id, 0, 10)).map(({ kind }) => kind)).toEqual(['said', 'happened']);
  });

  test('the bot answers a message once, and again only what came since', async () => {
    const scene = await newScene();
    const { visitor, conversation } = await scene.chat();
    expect(conversationOf(await scene.turn(conversation, 1, 'answer')).owed).toBeNull();
    expect(refusal(await scene.turn(conversation, 1, 'answer again'))).toBe('bot_has_floor');
    expect(conversationOf(await scene.say(visitor, 'and?')).owed).toEqual({ first: 3, last: 3 });
    expect(refusal(await scene.turn(conversation, 1, 'late'))).toBe('bot_has_floor');
    done(await scene.turn(conversation, 3, 'more'));
  });
}

/** One escalation, and its place in the queue. */
export function queueContract(newScene: NewScene): void {
  test('asking for a person again and again escalates once', async () => {
    const scene = await newScene();
    const { visitor, conversation } = await scene.chat();
    const asked = await Promise.all(Array.from({ length: 8 }, () => scene.visit(visitor, { type: 'visitor.escalate' })));
    scene.at += MINUTE;
    asked.push(await scene.visit(visitor, { type: 'visitor.escalate' }));
    expect(asked.filter((one) => done(one).commit !== null)).toHaveLength(1);
    const found = must(await scene.store.conversation(conversation.id), 'conversation');
    expect(found).toMatchObject({ status: 'escalated', floor: 'team', escalation: { trigger: 'button', shown: 'queued', at: scene.at - MINUTE } });
    const happened = (await scene.store.messages(conversation.id, 0, 50)).filter(({ kind }) => kind === 'happened');
    expect(happened).toHaveLength(1);
  });

  test('places in the queue are 1, 2, 3 by when the person was asked for', async () => {
    const scene = await newScene();
    const waiting = [];
    for (let i = 0; i < 3; i++) {
      const { visitor } = await scene.chat();
      scene.at += SECOND;
      waiting.push(conversationOf(await scene.visit(visitor, { type: 'visitor.escalate' })));
    }
    expect(await Promise.all(waiting.map((one) => scene.store.place(scene.ws, one)))).toEqual([1, 2, 3]);
    done(await scene.act(scene.sam, waiting[0]!, { type: 'conversation.claim' }));
    expect(await scene.store.place(scene.ws, waiting[2]!)).toBe(2);
  });

  test('nobody waits behind somebody who tries the bot in the Playground', async () => {
    const scene = await newScene();
    const places = [];
    for (const channel of ['playground', 'widget', 'playground'] as const) {
      const visitor = { ...scene.visitor(), channel };
      await scene.say(visitor, 'hello');
      scene.at += SECOND;
      places.push(await scene.store.place(scene.ws, conversationOf(await scene.visit(visitor, { type: 'visitor.escalate' }))));
    }
    expect(places).toEqual([1, 1, 2]);
  });
}

/** What a line after a resolve does. */
export function reopenContract(newScene: NewScene): void {
  test('a visitor line within 30 minutes of a resolve reopens: to the same agent if connected, else waiting', async () => {
    const scene = await newScene();
    const [a, b] = [await resolved(scene), await resolved(scene)];
    scene.at += 30 * MINUTE;
    expect(conversationOf(await scene.say(a.visitor, 'one more thing'))).toMatchObject({ status: 'escalated', floor: 'team', claim: { memberId: scene.sam.id, name: 'Sam' } });
    scene.connected = [scene.mia.id];
    expect(conversationOf(await scene.say(b.visitor, 'one more thing'))).toMatchObject({ status: 'escalated', floor: 'team', claim: null, escalation: { trigger: 'reopened' } });
  });

  test('a visitor line later than that is the bot’s', async () => {
    const scene = await newScene();
    const { visitor } = await resolved(scene);
    scene.at += 30 * MINUTE + 1;
    expect(conversationOf(await scene.say(visitor, 'new question'))).toMatchObject({ status: 'open', floor: 'bot', claim: null, escalation: null, owed: { first: 5, last: 5 } });
  });

  test('an archived visitor gets a new conversation, and only with their secret', async () => {
    const scene = await newScene();
    const { visitor, conversation } = await resolved(scene);
    const current = (): ReturnType<Scene['store']['visitorConversation']> => scene.store.visitorConversation(scene.botId, visitor.visitorId, visitor.secretHash);
    expect(await current()).toMatchObject({ id: conversation.id });
    done(await scene.act(scene.sam, conversation, { type: 'conversation.archive' }));
    expect(await current()).toBeNull();
    const next = conversationOf(await scene.say(visitor, 'hello again'));
    expect(next.id).not.toBe(conversation.id);
    expect(next.messageCount).toBe(1);
    expect(await current()).toMatchObject({ id: next.id });
    expect(await scene.store.visitorConversation(scene.botId, visitor.visitorId, 'wrong')).toBe('denied');
    expect(await scene.store.visitorConversation(scene.botId, scene.visitor().visitorId, 'any')).toBeNull();
    expect(refusal(await scene.say({ ...visitor, secretHash: 'wrong' }, 'let me in'))).toBe('forbidden');
  });
}

/** What the clock finds to do, and does. */
export function clockContract(newScene: NewScene): void {
  test('due: owed turns, claims idle for 5 minutes and what was resolved 30 days ago', async () => {
    const scene = await newScene();
    const owed = await scene.chat();
    const claimed = await scene.chat();
    done(await scene.act(scene.sam, claimed.conversation, { type: 'conversation.claim' }));
    const { conversation: old } = await resolved(scene);
    const due = async (after: number): Promise<[string[], string[], string[]]> => {
      const found = await scene.store.due(scene.ws, scene.at + after);
      return [found.owed.map(({ id }) => id), found.release, found.archive];
    };
    expect(await due(5 * MINUTE - 1)).toEqual([[owed.conversation.id], [], []]);
    expect(await due(5 * MINUTE)).toEqual([[owed.conversation.id], [claimed.conversation.id], []]);
    expect((await due(30 * 24 * 60 * MINUTE))[2]).toEqual([old.id]);
    done(await scene.tick(claimed.conversation, 'clock.release'));
    expect((await scene.store.conversation(claimed.conversation.id))?.claim).not.toBeNull();
    scene.at += 30 * 24 * 60 * MINUTE;
    expect(conversationOf(await scene.tick(claimed.conversation, 'clock.release')).claim).toBeNull();
    expect((await scene.store.notes(claimed.conversation.id)).map(({ by, text }) => [by, text])).toEqual([[null, 'Released from Sam: no reply for 5 min.']]);
    expect(conversationOf(await scene.tick(old, 'clock.archive')).status).toBe('archived');
    done(await scene.turn(owed.conversation, 1, 'answer', decided('answer')));
    expect(await due(0)).toEqual([[], [], []]);
  });
}
