import type { Conversation } from '#lib/protocol/conversation.ts';
import { uuid } from '#lib/base/uuid.ts';
import type { TestCompanion } from '../support/companion.ts';
import { addMember, connectRole, connectVisitor, type AgentClient, type VisitorClient } from '../support/socket-client.ts';
import { lineOf } from './history.ts';
import { flawless, judgeFloor, type Verdict } from './judge.ts';
import { createRandom, type Random } from './random.ts';
import { startSlowCompanion } from './slow-companion.ts';
import { sleep } from './strike.ts';

/** How long the bot may think, ms; people act within the same time. */
const SLOW_MS = 120;
const LANES = 25;
const STEPS = ['say', 'say', 'say', 'escalate', 'back', 'claim', 'claim', 'reply', 'release', 'return', 'resolve'] as const;

export interface FloorFigures { interleavings: number; botMessages: number; dropped: number; irresponsible: string[]; silent: string[]; verdict: Verdict }
interface Scene { visitor: VisitorClient; agents: readonly [AgentClient, AgentClient]; random: Random; states: Conversation[] }

/** The newest state of the visitor's conversation that the team was told; every one of them is kept for the end. */
function rowOf({ visitor, agents: [agent] }: Scene): Conversation | null {
  for (const one of agent.rows.values()) if (one.kind === 'conversation' && one.row.visitor.id === visitor.id) return one.row;
  return null;
}

async function step(scene: Scene, at: number): Promise<void> {
  const { visitor, agents, random } = scene;
  const what = random.pick(STEPS);
  if (what === 'say') return void await visitor.say(`Question ${at}`);
  if (what === 'escalate' || what === 'back') return void await visitor.act({ type: what });
  const row = rowOf(scene);
  if (!row) return;
  const agent = random.pick(agents);
  // Refusals are part of it: the other one has it, or there is nothing to give back.
  if (what === 'reply') await agent.command({ type: 'message.send', conversationId: row.id, text: `Answer ${at}`, seen: 1_000, claim: random.below(2) === 0 });
  else await agent.command({ type: `conversation.${what}`, conversationId: row.id });
}

/** Given back, the bot answers the next message. @returns whether it did */
async function answersAgain(scene: Scene): Promise<boolean> {
  const { visitor, agents: [lead] } = scene;
  await visitor.say('Before the end');
  const { id } = await lead.conversation(visitor);
  // Whoever has it: a lead may give it back. When the bot has it already this is refused, which is as well.
  await lead.command({ type: 'conversation.return', conversationId: id });
  await visitor.act({ type: 'back' });
  const asked = uuid();
  await visitor.say('And now?', asked);
  try {
    await visitor.until('an answer', () => {
      const lines = visitor.lines();
      const from = lines.findIndex((one) => one.id === asked);
      return from >= 0 && lines.slice(from).some((one) => one.kind === 'said' && one.author.kind === 'bot');
    });
    return true;
  } catch {
    return false; // not within 10 s: told in the figures
  }
}

/** Somebody is responsible for a conversation in this state: the team has it on its list, or the bot answers, and whoever asked was told. */
function irresponsible({ id, seq, status, floor, claim, escalation, owed, email }: Conversation): string[] {
  const wrong = [
    ...(floor === 'team' && status !== 'escalated' ? ['the team has the floor, and it is on nobody\'s list'] : []),
    ...(floor === 'team' && owed ? ['a turn is owed that nobody may take'] : []),
    ...(claim && floor !== 'team' ? ['claimed, and the bot has the floor'] : []),
    ...(status === 'escalated' && floor === 'bot' && escalation?.shown !== 'offline' && !email ? ['escalated, nobody was promised and nobody told'] : []),
  ];
  return wrong.map((one) => `${id} at ${seq}: ${one}`);
}

async function interleave(url: string, agents: Scene['agents'], random: Random, figures: FloorFigures): Promise<void> {
  const scene: Scene = { visitor: await connectVisitor(url), agents, random, states: [] };
  await scene.visitor.say('Question 0');
  const steps = random.between(4, 9);
  const acts = Array.from({ length: steps }, async (_, at) => { await sleep(random.below(SLOW_MS * 3)); await step(scene, at + 1); });
  await Promise.all(acts);
  if (!await answersAgain(scene)) figures.silent.push(`${scene.visitor.id}: the bot is silent after it was given back`);
  const lines = scene.visitor.lines().map(lineOf);
  judgeFloor(scene.visitor.id, lines, figures.verdict);
  figures.botMessages += lines.filter(({ by }) => by === 'bot').length;
  figures.interleavings += 1;
  await scene.visitor.close();
}

/** A real companion whose bot is slow, visitors and two agents who act while it thinks. */
export async function interleaveFloor(count: number, seed: number, env: NodeJS.ProcessEnv = {}): Promise<FloorFigures> {
  const random = createRandom(seed).child('floor');
  const companion = await startSlowCompanion(random.child('bot'), SLOW_MS, env);
  const figures: FloorFigures = { interleavings: 0, botMessages: 0, dropped: 0, irresponsible: [], silent: [], verdict: flawless() };
  try {
    const lead = await connectRole(companion as unknown as TestCompanion, 'admin');
    const agents = [lead, await addMember(companion.url, lead, 'Ana', 'agent')] as const;
    let left = count;
    await Promise.all(Array.from({ length: Math.min(LANES, count) }, async () => {
      while (left > 0) {
        left -= 1;
        await interleave(companion.url, agents, random.child(`${left}`), figures);
      }
    }));
    for (const frame of lead.history) {
      if (frame.type !== 'feed') continue;
      for (const one of frame.rows) if (one.kind === 'conversation') figures.irresponsible.push(...irresponsible(one.row));
    }
    await Promise.all(agents.map((one) => one.close()));
    return figures;
  } finally {
    await companion.close();
  }
}
