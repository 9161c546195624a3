import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createInlineLearner } from '../support/inline-learner.ts';
import { createBots } from '#lib/companion/bot/bots.ts';
import { createEmbeddedBot } from '#lib/companion/bot/embedded.ts';
import { createBotRunner } from '#lib/companion/bot/runner.ts';
import type { KnowledgeId, MemberId, MessageId } from '#lib/protocol/ids.ts';
import type { TriggerMode } from '#lib/protocol/settings.ts';
import { oneConversation, WORKSPACE, type World } from './one-conversation.ts';

const FILE = join(import.meta.dirname, '../../../shared/data/detect/escalation-scenarios.dev.jsonl');
interface Turn { visitor?: string; event?: string; expect: string[] }
interface Scenario { id: string; trigger: TriggerMode; agents_available: boolean; turns: Turn[] }

/** What the visitor saw happen since message `from`. */
function seen(world: World, from: number): string {
  const fresh = world.messages.slice(from);
  if (fresh.some((one) => one.kind === 'happened' && (one.what.type === 'queued' || one.what.type === 'offline'))) return 'escalate';
  const said = fresh.filter((one) => one.kind === 'said' && one.author.kind === 'bot');
  if (said.some((one) => one.kind === 'said' && one.offer)) return 'offer';
  if (said.some((one) => one.kind === 'said' && /in other words/.test(one.text))) return 'clarify';
  return said.length > 0 ? 'answer' : 'none';
}

const lastBotMessage = (world: World, offer: boolean): MessageId =>
  world.messages.findLast((one) => one.kind === 'said' && one.author.kind === 'bot' && (!offer || one.offer !== undefined))?.id ?? ('none' as MessageId);

async function play(scenario: Scenario, faq: [string, string][]): Promise<{ turn: Turn; got: string; violations: string[] }[]> {
  const world = oneConversation({ mode: scenario.trigger });
  world.connected = scenario.agents_available ? ['sam' as MemberId] : [];
  world.knowledge = faq.map(([title, text], at) => ({ id: `k${at}` as KnowledgeId, botId: world.bot.id, kind: 'faq', title, text, file: null, at: 0 }));
  const bots = createBots({ create: () => createEmbeddedBot(createInlineLearner(), 'b'), store: { knowledgeMark: async () => '', secretNames: async () => [], knowledge: async () => world.knowledge } });
  const runner = createBotRunner({
    workspaceId: WORKSPACE.id, submit: world.submit, connected: () => world.connected, now: () => world.now, log: { warn: () => undefined }, onTyping: () => undefined,
    botOf: bots.of,
    store: { conversation: async () => world.conversation, messages: async () => world.messages, bot: async () => world.bot, due: async () => ({ owed: [], release: [], archive: [], forget: [] }) },
  });
  const results = [];
  for (const turn of scenario.turns) {
    const from = world.messages.length;
    const floor = world.conversation.floor;
    if (turn.visitor !== undefined) world.act({ by: 'visitor', act: { type: 'visitor.message', id: world.newId(), text: turn.visitor } });
    if (turn.event === 'button') world.act({ by: 'visitor', act: { type: 'visitor.escalate' } });
    if (turn.event?.startsWith('offer_')) world.act({ by: 'visitor', act: { type: 'visitor.offer', messageId: lastBotMessage(world, true), accept: turn.event === 'offer_accepted' } });
    if (turn.event?.startsWith('thumbs_')) world.act({ by: 'visitor', act: { type: 'visitor.feedback', messageId: lastBotMessage(world, false), value: turn.event === 'thumbs_up' ? 'up' : 'down' } });
    runner.kick(world.conversation);
    await runner.idle();
    const got = seen(world, from);
    const spoke = world.messages.slice(from).some((one) => one.kind === 'said' && one.author.kind === 'bot');
    const violations = [
      ...(floor === 'team' && spoke ? ['the bot spoke on the team\'s floor'] : []),
      ...(scenario.trigger === 'button' && turn.event !== 'button' && (got === 'offer' || got === 'escalate') ? ['Button mode offered or escalated'] : []),
      ...(turn.expect.length === 1 && turn.expect[0] === 'escalate' && got !== 'escalate' ? ['a request was ignored'] : []),
      ...(got === 'escalate' && world.conversation.status !== 'escalated' ? ['promised and not escalated'] : []),
      ...(world.conversation.owed ? ['a turn is still owed'] : []),
    ];
    results.push({ turn, got, violations });
  }
  await runner.close();
  return results;
}

test.skipIf(!existsSync(FILE))('the written dialogues go as their authors expect (skipped where ../shared/data/detect is missing)', async () => {
  const [knowledge, ...scenarios] = readFileSync(FILE, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as unknown);
  const all = [];
  for (const scenario of scenarios as Scenario[]) for (const result of await play(scenario, (knowledge as { faq: [string, string][] }).faq)) all.push({ id: scenario.id, ...result });
  const wrong = all.filter(({ turn, got }) => !turn.expect.includes(got));
  console.info(`scenarios: ${all.length - wrong.length} of ${all.length} turns as expected`, wrong.map(({ id, turn, got }) => `${id}: "${turn.visitor ?? turn.event}" -> ${got}, expected ${turn.expect.join('|')}`));
  expect(all.flatMap(({ id, violations }) => violations.map((one) => `${id}: ${one}`))).toEqual([]);
  expect((all.length - wrong.length) / all.length).toBeGreaterThanOrEqual(0.9);
});
