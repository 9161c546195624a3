import { addAgent, addVisitor, type Actor, type AgentActor, type Team, type VisitorActor } from './cast.ts';
import type { Deployment } from './deployment.ts';
import { createRandom, type Random } from './random.ts';
import { createRecord } from './record.ts';
import { sleep } from './strike.ts';

/** What one way of going dead cost: until both clients knew, and until both were back after it was over, ms; null: never. */
export interface Found { what: string; agentMs: number | null; visitorMs: number | null; companionMs: number | null; backMs: number | null }
export interface StillnessFigures { found: Found[]; /** Connections that a stall of 5 s cost; 0 is right. */ falseKills: number }

const FOUND_MS = 45_000;

async function until(check: () => boolean | Promise<boolean>, withinMs: number): Promise<number | null> {
  const began = performance.now();
  while (!await check()) {
    if (performance.now() - began > withinMs) return null;
    await sleep(25);
  }
  return performance.now() - began;
}

/** Open sockets of that kind, as all nodes count them; a node that stands still is not asked. */
async function counted(deployment: Deployment, kind: 'agent' | 'visitor'): Promise<number> {
  let sum = 0;
  for (const { url } of deployment.nodes) {
    const text = await (await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) })).text();
    sum += Number(new RegExp(`baton_connections\\{kind="${kind}"\\} (\\d+)`).exec(text)?.[1] ?? 0);
  }
  return sum;
}

interface Pair { agent: AgentActor; visitor: VisitorActor }
async function startPair(deployment: Deployment, team: Team, random: Random, at: number): Promise<Pair> {
  const fail = (error: unknown): never => { throw error; };
  const record = createRecord('stillness');
  const pair: Pair = {
    agent: await addAgent(deployment, record, team.members[at]!, `still agent ${at}`, random.child(`a${at}`), fail),
    visitor: await addVisitor(deployment, record, `still visitor ${at}`, random.child(`v${at}`)),
  };
  if (await until(() => pair.agent.isOnline() && pair.visitor.isOnline(), 20_000) === null) throw new Error('The clients did not come online');
  return pair;
}
async function endPair({ agent, visitor }: Pair): Promise<void> {
  await agent.worker.close();
  visitor.window.close();
  await agent.proxy.close();
  await visitor.proxy.close();
}

const lost = (one: Actor): Promise<number | null> => until(() => !one.isOnline(), FOUND_MS);
const back = (pair: Pair): Promise<number | null> => until(() => pair.agent.isOnline() && pair.visitor.isOnline(), FOUND_MS);

/** The way swallows everything, or one direction, from a random moment on. */
async function halfOpen(deployment: Deployment, team: Team, random: Random, at: number, way: 'up' | 'down' | 'both'): Promise<Found> {
  const pair = await startPair(deployment, team, random, at);
  await sleep(random.below(20_000));
  for (const { proxy } of [pair.agent, pair.visitor]) proxy.set({ blackhole: way });
  const [agentMs, visitorMs] = await Promise.all([lost(pair.agent), lost(pair.visitor)]);
  for (const { proxy } of [pair.agent, pair.visitor]) proxy.restore();
  const backMs = await back(pair);
  await endPair(pair);
  return { what: `half-open (${way})`, agentMs, visitorMs, companionMs: null, backMs };
}

/** SIGSTOP of every node. */
async function stopped(deployment: Deployment, team: Team, random: Random, at: number): Promise<Found> {
  const pair = await startPair(deployment, team, random, at);
  for (const node of deployment.nodes) node.pause();
  const [agentMs, visitorMs] = await Promise.all([lost(pair.agent), lost(pair.visitor)]);
  for (const node of deployment.nodes) node.resume();
  const backMs = await back(pair);
  await endPair(pair);
  return { what: 'SIGSTOP of the companion', agentMs, visitorMs, companionMs: null, backMs };
}

/** The companion's side: clients that vanish without a word. */
async function vanished(deployment: Deployment, team: Team, random: Random, at: number): Promise<Found> {
  const before = await counted(deployment, 'agent');
  const pair = await startPair(deployment, team, random, at);
  await sleep(random.below(20_000));
  for (const { proxy } of [pair.agent, pair.visitor]) proxy.set({ blackhole: 'both' });
  await pair.agent.worker.close();
  pair.visitor.window.close();
  const companionMs = await until(async () => await counted(deployment, 'agent') <= before, FOUND_MS);
  await pair.agent.proxy.close();
  await pair.visitor.proxy.close();
  return { what: 'a client that vanished, found by the companion', agentMs: null, visitorMs: null, companionMs, backMs: null };
}

/** Nobody is dropped by 5 s in which nothing arrives, on the way or in the companion. */
async function stalls(deployment: Deployment, team: Team, random: Random, at: number): Promise<number> {
  const pair = await startPair(deployment, team, random, at);
  let falseKills = 0;
  for (const one of [pair.agent, pair.visitor]) one.onLink.current = (isOnline) => { if (!isOnline) falseKills += 1; };
  for (const one of [pair.agent, pair.visitor]) one.proxy.set({ stall: true });
  await sleep(5_000);
  for (const one of [pair.agent, pair.visitor]) one.proxy.restore();
  await sleep(1_000);
  for (const node of deployment.nodes) node.pause();
  await sleep(5_000);
  for (const node of deployment.nodes) node.resume();
  await sleep(25_000);
  for (const one of [pair.agent, pair.visitor]) one.onLink.current = () => undefined;
  await endPair(pair);
  return falseKills;
}

/** In real time, once: whatever goes dead is found, and a stall is not taken for it. */
export async function measureStillness(deployment: Deployment, team: Team, seed: number): Promise<StillnessFigures> {
  const random = createRandom(seed).child('stillness');
  const falseKills = await stalls(deployment, team, random.child('stall'), 0);
  const found = await Promise.all((['up', 'down', 'both'] as const).map((way, at) => halfOpen(deployment, team, random.child(way), at, way)));
  found.push(await vanished(deployment, team, random.child('vanish'), 3));
  found.push(await stopped(deployment, team, random.child('stop'), 4));
  return { found, falseKills };
}
