import { expect, test } from 'vitest';
import { PHRASES } from '#lib/handoff/phrases.ts';
import type { MemberId } from '#lib/protocol/ids.ts';
import { oneConversation, WORKSPACE } from '../../../tests/model/one-conversation.ts';
import type { Bot, BotTurn } from './bot.ts';
import { createBotRunner } from './runner.ts';

const TURN: BotTurn = { reply: { text: 'On its way.', sources: [] }, signals: { answerable: 1, wantsHuman: 0, frustration: 0, smallTalk: false, satisfied: false }, engine: 'embedded' };

function rig(respond: Bot['respond']) {
  const world = oneConversation();
  const [typing, warnings]: [boolean[], string[]] = [[], []];
  const runner = createBotRunner({
    workspaceId: WORKSPACE.id, submit: world.submit, connected: () => world.connected, now: () => world.now, timeoutMs: 50,
    log: { warn: (_, message) => void warnings.push(message) }, onTyping: (_, on) => void typing.push(on),
    botOf: async () => ({ prepare: () => Promise.resolve(), respond }),
    store: { conversation: async () => world.conversation, messages: async () => world.messages, bot: async () => world.bot, due: async () => ({ owed: [world.conversation], release: [], archive: [], forget: [] }) },
  });
  return { world, runner, typing, warnings, write: (text: string) => world.act({ by: 'visitor', act: { type: 'visitor.message', id: world.newId(), text } }),
    said: () => world.messages.filter((one) => one.kind === 'said' && one.author.kind === 'bot').map((one) => (one.kind === 'said' ? one.text : '')) };
}

test('each owed message gets one turn, in order, one at a time, however often it is kicked', async () => {
  const asked: string[] = [];
  let [inside, most] = [0, 0];
  const { world, runner, write, typing, said } = rig(async ({ text, transcript }) => {
    inside += 1; most = Math.max(most, inside);
    await Promise.resolve();
    asked.push(`${text}/${transcript.length}`);
    inside -= 1;
    return TURN;
  });
  for (const text of ['one apple', 'two pears', 'three plums']) { write(text); runner.kick(world.conversation); runner.kick(world.conversation); }
  await runner.idle();
  expect(asked).toEqual(['one apple/1', 'two pears/2', 'three plums/3']);
  expect([most, said().length, world.conversation.owed]).toEqual([1, 3, null]);
  expect(typing).toEqual([true, false, true, false, true, false]);
});

test.each<[string, Bot['respond']]>([['throws', () => { throw new Error('broken'); }], ['rejects', () => Promise.reject(new Error('broken'))], ['never answers', () => new Promise(() => undefined)]])('a bot that %s has missed: the visitor still gets words, and a request still escalates', async (_, respond) => {
  const { world, runner, write, said, warnings } = rig(respond);
  write('where is my order');
  runner.kick(world.conversation);
  await runner.idle();
  expect(said()).toEqual([PHRASES.clarify]);
  expect(warnings).toHaveLength(1);
  write('let me talk to a human');
  runner.kick(world.conversation);
  await runner.idle();
  expect(world.conversation).toMatchObject({ status: 'escalated', floor: 'team', escalation: { trigger: 'request', reasons: [{ code: 'request', evidence: 'talk to a human' }, { code: 'miss', count: 1 }] } });
});

test('an answer still under way when an agent claims is dropped', async () => {
  const { world, runner, write, said } = rig(() => {
    world.act({ by: 'member', actor: { id: 'sam' as MemberId, name: 'Sam', role: 'agent' }, act: { type: 'conversation.claim', conversationId: world.conversation.id } });
    return Promise.resolve(TURN);
  });
  write('hello, where is it');
  runner.kick(world.conversation);
  await runner.idle();
  expect([said(), world.conversation.floor]).toEqual([[], 'team']);
});

test('turns owed from before a restart are taken up, and a closed runner takes none', async () => {
  const first = rig(() => Promise.resolve(TURN));
  first.write('where is my order');
  await first.runner.resume();
  await first.runner.idle();
  expect(first.said()).toEqual(['On its way.']);
  const second = rig(() => Promise.resolve(TURN));
  second.write('where is my order');
  await second.runner.close();
  second.runner.kick(second.world.conversation);
  await second.runner.idle();
  expect([second.said(), second.world.conversation.owed]).toEqual([[], { first: 1, last: 1 }]);
});

test('an unanswered offer is marked lapsed on its message', async () => {
  const { world, runner, write } = rig(() => Promise.resolve({ ...TURN, reply: null, signals: { ...TURN.signals, answerable: 0 } }));
  for (const text of ['lease a machine', 'leasing machines', 'hm, decaf?', 'and gift cards?']) { write(text); runner.kick(world.conversation); await runner.idle(); }
  expect(world.messages.filter((one) => one.kind === 'said' && one.offer).map((one) => (one.kind === 'said' ? one.offer?.answer : null))).toEqual(['lapsed']);
});
