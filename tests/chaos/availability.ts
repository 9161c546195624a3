import { addAgent, addVisitor, type AgentActor, type Team, type VisitorActor } from './cast.ts';
import type { Deployment } from './deployment.ts';
import { createRandom, type Random } from './random.ts';
import { createRecord } from './record.ts';
import { sleep } from './strike.ts';

const SAMPLE_MS = 20;
/** Longer than any lease may last, ms. */
const GONE_MS = 130_000;

export interface AvailabilityFigures {
  /** Windows shown "offline", of all that were looked at while an agent was connected. */
  samples: number; offline: number; share: number;
  /** Worker deaths, connections cut and companions killed or restarted meanwhile. */
  workerDeaths: number; cuts: number; restarts: number;
  /** Until visitors saw that the last agent had gone, ms: one who closed, one who vanished; null: never. */
  closedMs: number | null; vanishedMs: number | null;
  /** Until visitors saw that an agent is there again, ms. */
  againMs: number | null;
}

const isAvailable = ({ window }: VisitorActor): boolean => window.model().bot?.handoff.available === true;

async function until(check: () => boolean, withinMs: number): Promise<number | null> {
  const began = performance.now();
  while (!check()) {
    if (performance.now() - began > withinMs) return null;
    await sleep(SAMPLE_MS);
  }
  return performance.now() - began;
}

/** What can happen to an agent who is there: the worker dies and wakes, or sleeps until its alarm; the way is cut; a companion ends. */
async function disturb(deployment: Deployment, agent: AgentActor, random: Random, until: number, figures: AvailabilityFigures): Promise<void> {
  while (performance.now() < until) {
    await sleep(random.between(200, 2_000));
    const what = random.pick(['worker', 'worker', 'cut', 'restart', 'kill', 'asleep'] as const);
    const node = random.pick(deployment.nodes);
    if (what === 'worker') { figures.workerDeaths += 1; await agent.worker.die(random.below(20)); }
    if (what === 'cut') { figures.cuts += 1; agent.proxy.cut(); await sleep(random.between(100, 3_000)); agent.proxy.restore(); }
    // Chrome wakes a dead worker by its alarm: half a minute, and late at that.
    if (what === 'asleep') { figures.workerDeaths += 1; agent.proxy.cut(); await sleep(random.between(20_000, 45_000)); agent.proxy.restore(); }
    if (what === 'kill' || what === 'restart') {
      figures.restarts += 1;
      await (what === 'kill' ? node.kill() : node.stop());
      await node.start();
    }
  }
}

async function watch(visitors: readonly VisitorActor[], isOver: () => boolean, figures: AvailabilityFigures): Promise<void> {
  while (!isOver()) {
    for (const one of visitors) { figures.samples += 1; if (!isAvailable(one)) figures.offline += 1; }
    await sleep(SAMPLE_MS);
  }
}

/** Both ways of the promise: never "offline" while somebody is there, never "available" for long after the last one left. */
export async function measureAvailability(deployment: Deployment, team: Team, seed: number, forMs: number): Promise<AvailabilityFigures> {
  const random = createRandom(seed).child('availability');
  const record = createRecord('availability');
  const figures: AvailabilityFigures = { samples: 0, offline: 0, share: 0, workerDeaths: 0, cuts: 0, restarts: 0, closedMs: null, vanishedMs: null, againMs: null };
  const agent = await addAgent(deployment, record, team.members[0]!, 'the agent', random.child('agent'), (error) => { throw error; });
  const visitors = await Promise.all([0, 1, 2].map((at) => addVisitor(deployment, record, `watcher ${at}`, random.child(`v${at}`))));
  const all = (available: boolean) => (): boolean => visitors.every((one) => isAvailable(one) === available);
  try {
    if (await until(all(true), 20_000) === null) throw new Error('Visitors never saw that an agent is there');
    let isOver = false;
    const watching = watch(visitors, () => isOver, figures);
    await disturb(deployment, agent, random, performance.now() + forMs, figures);
    isOver = true;
    await watching;
    figures.share = figures.offline / figures.samples;
    if (await until(() => agent.isOnline(), 60_000) === null) throw new Error('The agent did not come back');
    agent.proxy.cut();
    figures.closedMs = await until(all(false), GONE_MS);
    agent.proxy.restore();
    // The worker's own alarm, and whatever wait it was in.
    figures.againMs = await until(() => agent.isOnline(), 60_000) === null ? null : await until(all(true), 10_000);
    agent.proxy.set({ blackhole: 'both' });
    figures.vanishedMs = await until(all(false), GONE_MS);
    return figures;
  } finally {
    await agent.worker.close();
    await agent.proxy.close();
    for (const { window, proxy } of visitors) { window.close(); await proxy.close(); }
  }
}
