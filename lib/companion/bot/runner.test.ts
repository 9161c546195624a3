import { expect, test, vi } from 'vitest';
import { PHRASES } from '#lib/handoff/phrases.ts';
import type { MemberId } from '#lib/protocol/ids.ts';
import { oneConversation, WORKSPACE } from '../../../tests/model/one-conversation.ts';
import type { Bot, BotTurn } from './bot.ts';
import { createBotRunner } from './runner.ts';

const TURN: BotTurn = { reply: { text: 'On its way.', sources: [] }, signals: { answerable: 1, wantsHuman: 0, frustration: 0, smallTalk: false, satisfied: false }, engine: 'embedded' };

function rig(respond: Bot['respond'], more: Pick<Bot, 'late'> = {}, laterMs = 60_000) {
  const world = oneConversation();
  const [typing, warnings]: [boolean[], string[]] = [[], []];
  const runner = createBotRunner({
    workspaceId: WORKSPACE.id, submit: world.submit, connected: () => world.connected, now: () => world.now, timeoutMs: 50, laterMs,
    log: { warn: (_, message) => void warnings.push(message) }, onTyping: (_, on) => void typing.push(on),
    botOf: async () => ({ prepare: () => Promise.resolve(), respond, ...more }),
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

const LATE: BotTurn = { ...TURN, reply: { text: 'From the knowledge base.', sources: [] }, engine: 'embedded', degraded: true };
const posted = (world: ReturnType<typeof rig>['world'], index: number, text: string) => ({ botId: world.bot.id, callId: `call-${index}-${text}`, conversationId: world.conversation.id, index, turn: { ...TURN, engine: 'webhook' as const, reply: { text, sources: [] } } });

test('a bot that answers later is waited for, with typing shown; its answer is taken once, and then it is over', async () => {
  const { world, runner, write, said, typing } = rig(() => Promise.resolve('later'));
  write('where is my order');
  runner.kick(world.conversation);
  await vi.waitFor(() => expect(typing).toEqual([true]));
  expect(await runner.post(posted(world, 1, 'Here.'))).toMatchObject({ ok: true });
  await runner.idle();
  expect([said(), world.conversation.owed, typing.at(-1)]).toEqual([['Here.'], null, false]);
  expect(await runner.post(posted(world, 1, 'Once more.'))).toMatchObject({ ok: false, refusal: { code: 'bot_has_floor' } });
  expect(await runner.post({ ...posted(world, 1, 'x'), botId: 'other' as never })).toBeNull();
  expect(await runner.post(posted(world, 7, 'x'))).toBeNull();
  expect(said()).toEqual(['Here.']);
});

test('an answer that does not come in time is given without the bot', async () => {
  const { world, runner, write, said } = rig(() => Promise.resolve('later'), { late: () => Promise.resolve(LATE) }, 20);
  write('where is my order');
  runner.kick(world.conversation);
  await runner.idle();
  expect(said()).toEqual(['From the knowledge base.']);
});

test('a request for a person waits for no later answer: its own, and that of an earlier question', async () => {
  const { world, runner, write, said } = rig(() => Promise.resolve('later'), { late: () => Promise.resolve(LATE) });
  write('where is my order');
  runner.kick(world.conversation);
  write('let me talk to a human');
  runner.kick(world.conversation);
  await runner.idle();
  expect(said()).toEqual(['From the knowledge base.']);
  expect(world.conversation).toMatchObject({ status: 'escalated', floor: 'team', escalation: { trigger: 'request' } });
});

test('while a later answer is awaited an agent claims: the wait ends, and the answer is refused', async () => {
  const { world, runner, write, said, typing } = rig(() => Promise.resolve('later'), { late: () => Promise.resolve(LATE) });
  write('where is my order');
  runner.kick(world.conversation);
  await vi.waitFor(() => expect(typing).toEqual([true]));
  world.act({ by: 'member', actor: { id: 'sam' as MemberId, name: 'Sam', role: 'agent' }, act: { type: 'conversation.claim', conversationId: world.conversation.id } });
  runner.changed(world.conversation);
  await runner.idle();
  expect(await runner.post(posted(world, 1, 'Too late.'))).toMatchObject({ ok: false, refusal: { code: 'bot_has_floor' } });
  expect(said()).toEqual([]);
});
