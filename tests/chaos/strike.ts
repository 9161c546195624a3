import type { AgentActor, Actor, VisitorActor } from './cast.ts';
import type { Deployment, Node } from './deployment.ts';
import { isKill, placeOf, type Fault, type FaultKind, type Place } from './plan.ts';

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Who can be struck. */
export interface Stage { deployment: Deployment; visitors: readonly VisitorActor[]; agents: readonly AgentActor[] }
/** How often each kind struck, and how long until everybody it reached was online again, ms after the fault was over. */
export interface Toll { struck: Partial<Record<FaultKind, number>>; kills: number; recoveries: Record<Place, number[]>; pending: Set<Promise<void>> }
export const noToll = (): Toll => ({ struck: {}, kills: 0, recoveries: { server: [], worker: [], network: [], page: [] }, pending: new Set() });

const RECOVERS_WITHIN_MS = 60_000;

async function serverFault(node: Node, fault: Extract<Fault, { kind: 'kill' | 'restart' | 'pause' }>): Promise<void> {
  if (fault.kind === 'pause') {
    node.pause();
    await sleep(fault.forMs);
    return node.resume();
  }
  if (fault.kind === 'kill') {
    await node.kill();
    await sleep(fault.downMs);
  } else await node.stop();
  await node.start();
}

async function networkFault({ proxy }: Actor, fault: Fault): Promise<void> {
  if (fault.kind === 'reset') return proxy.reset();
  if (!('forMs' in fault)) return;
  if (fault.kind === 'cut') proxy.cut();
  if (fault.kind === 'blackhole') proxy.set({ blackhole: fault.way });
  if (fault.kind === 'lag') proxy.set({ latencyMs: fault.latencyMs, jitterMs: fault.jitterMs });
  if (fault.kind === 'slice') proxy.set({ sliceBytes: fault.bytes });
  if (fault.kind === 'throttle') proxy.set({ bytesPerSecond: fault.bytesPerSecond });
  await sleep(fault.forMs);
  proxy.restore();
  // What was swallowed is a hole: such a connection ends, as one does whose packets were lost for good.
  if (fault.kind === 'blackhole') proxy.reset();
}

/** One that is online, so that the fault strikes something; after a while anyone. */
async function target<T extends Actor>(of: readonly T[], who: number): Promise<T> {
  const deadline = performance.now() + 2_000;
  let online = of.filter((one) => one.isOnline());
  while (online.length === 0 && performance.now() < deadline) {
    await sleep(10);
    online = of.filter((one) => one.isOnline());
  }
  const from = online.length > 0 ? online : of;
  return from[who % from.length]!;
}

/** Does it. Resolves when the next may come: a server is up again; other faults go on beside the next ones. */
export async function strike(stage: Stage, fault: Fault, toll: Toll): Promise<void> {
  const { deployment, visitors, agents } = stage;
  await sleep(fault.waitMs);
  toll.struck[fault.kind] = (toll.struck[fault.kind] ?? 0) + 1;
  if (isKill(fault)) toll.kills += 1;
  const after = (act: Promise<void>, reached: readonly Actor[]): void => {
    const work = act.then(() => isKill(fault) ? recovered(reached, toll.recoveries[placeOf(fault)]) : undefined).finally(() => toll.pending.delete(work));
    toll.pending.add(work);
  };
  switch (fault.kind) {
    case 'kill': case 'restart': case 'pause': {
      await serverFault(deployment.nodes[fault.who % deployment.nodes.length]!, fault);
      return after(Promise.resolve(), [...visitors, ...agents]);
    }
    case 'worker': {
      const agent = await target(agents, fault.who);
      return after(agent.worker.die(fault.awaits), [agent]);
    }
    case 'page': {
      const visitor = await target(visitors, fault.who);
      visitor.window.die();
      return after(Promise.resolve(), [visitor]);
    }
    default: {
      const actor = await target<Actor>([...visitors, ...agents], fault.who);
      after(networkFault(actor, fault), [actor]);
    }
  }
}

async function recovered(actors: readonly Actor[], into: number[]): Promise<void> {
  const began = performance.now();
  for (const one of actors) {
    while (!one.isOnline()) {
      if (performance.now() - began > RECOVERS_WITHIN_MS) return void into.push(RECOVERS_WITHIN_MS);
      await sleep(10);
    }
  }
  into.push(performance.now() - began);
}
