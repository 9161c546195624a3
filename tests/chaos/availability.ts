import { addAgent, addVisitor, type AgentActor, type Team, type VisitorActor } from './cast.ts';
import type { Deployment } from './deployment.ts';
import { createRandom, type Random } from './random.ts';
import { createRecord } from './record.ts';
import { sleep } from './strike.ts';

const SAMPLE_MS = 20;
/** As the extension sets it, ms. */
const ALARM_MS = 30_000;
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

interface Scene { agent: AgentActor; visitors: readonly VisitorActor[]; random: Random }

/** What can happen to an agent who is there: the worker dies and wakes, or sleeps until its alarm; the way is cut; a companion ends. */
export type Disturbance = 'worker' | 'asleep' | 'cut' | 'restart' | 'kill';
const OFTEN: readonly Disturbance[] = ['worker', 'worker', 'worker', 'worker', 'cut', 'cut', 'restart', 'kill', 'asleep'];

function* atRandom(random: Random, forMs: number): Generator<Disturbance> {
  const end = performance.now() + forMs;
  while (performance.now() < end) yield random.pick(OFTEN);
}

async function disturb(deployment: Deployment, { agent, random }: Scene, all: Iterable<Disturbance>, figures: AvailabilityFigures): Promise<void> {
  for (const what of all) {
    await sleep(random.between(200, 2_000));
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

async function withScene<T>(deployment: Deployment, team: Team, seed: number, act: (scene: Scene) => Promise<T>): Promise<T> {
  const random = createRandom(seed).child('availability');
  const record = createRecord('availability');
  const agent = await addAgent(deployment, record, team.members[0]!, 'the agent', random.child('agent'), (error) => { throw error; });
  const visitors = await Promise.all([0, 1, 2].map((at) => addVisitor(deployment, record, `watcher ${at}`, random.child(`v${at}`))));
  // The worker's alarm: whatever wait it is in ends then.
  const alarm = setInterval(() => void agent.worker.life().engine.connect(), ALARM_MS);
  try {
    return await act({ agent, visitors, random });
  } finally {
    clearInterval(alarm);
    await agent.worker.close();
    await agent.proxy.close();
    for (const { window, proxy } of visitors) { window.close(); await proxy.close(); }
  }
}

const nothing = (): AvailabilityFigures => ({ samples: 0, offline: 0, share: 0, workerDeaths: 0, cuts: 0, restarts: 0, closedMs: null, vanishedMs: null, againMs: null });
const allAre = (visitors: readonly VisitorActor[], available: boolean) => (): boolean => visitors.every((one) => isAvailable(one) === available);

/** One agent is there all the time, disturbed. Counts how often visitors are shown "offline". */
async function disturbed(deployment: Deployment, scene: Scene, all: Iterable<Disturbance>): Promise<AvailabilityFigures> {
  const { visitors } = scene;
  const figures = nothing();
  if (await until(allAre(visitors, true), 20_000) === null) throw new Error('Visitors never saw that an agent is there');
  let isOver = false;
  const watching = watch(visitors, () => isOver, figures);
  await disturb(deployment, scene, all, figures).finally(() => { isOver = true; });
  await watching;
  return { ...figures, share: figures.offline / figures.samples };
}

/** Never "offline" while somebody is there, whatever of this happens, one after the other. */
export const watchDisturbed = (deployment: Deployment, team: Team, seed: number, all: readonly Disturbance[]): Promise<AvailabilityFigures> =>
  withScene(deployment, team, seed, (scene) => disturbed(deployment, scene, all));

/** Both ways of the promise: never "offline" while somebody is there, never "available" for long after the last one left. */
export const measureAvailability = (deployment: Deployment, team: Team, seed: number, forMs: number): Promise<AvailabilityFigures> => withScene(deployment, team, seed, async (scene) => {
  const { agent, visitors } = scene;
  const figures = await disturbed(deployment, scene, atRandom(scene.random, forMs));
  const isBack = (): boolean => agent.isOnline() && allAre(visitors, true)();
  if (await until(isBack, 70_000) === null) throw new Error('The agent did not come back');
  agent.proxy.cut();
  figures.closedMs = await until(allAre(visitors, false), GONE_MS);
  agent.proxy.restore();
  figures.againMs = await until(isBack, 70_000);
  agent.proxy.set({ blackhole: 'both' });
  figures.vanishedMs = await until(allAre(visitors, false), GONE_MS);
  return figures;
});
