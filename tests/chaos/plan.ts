import { createRandom, type Random } from './random.ts';

/** Where a fault strikes. */
export const PLACES = ['server', 'worker', 'network', 'page'] as const;
export type Place = (typeof PLACES)[number];

/**
 * One fault. `waitMs`: after the one before it; `forMs`: how long it lasts, where it lasts; `who`: which node, worker or
 * page, taken modulo how many there are; `awaits`: how many more steps of its database a worker takes before it dies.
 */
export type Fault = { waitMs: number; who: number } & (
  | { kind: 'kill'; downMs: number }
  | { kind: 'restart' }
  | { kind: 'pause'; forMs: number }
  | { kind: 'cut'; forMs: number }
  | { kind: 'reset' }
  | { kind: 'blackhole'; way: 'up' | 'down' | 'both'; forMs: number }
  | { kind: 'lag'; latencyMs: number; jitterMs: number; forMs: number }
  | { kind: 'slice'; bytes: number; forMs: number }
  | { kind: 'throttle'; bytesPerSecond: number; forMs: number }
  | { kind: 'worker'; awaits: number }
  | { kind: 'page' }
);
export type FaultKind = Fault['kind'];

const PLACE_OF: Record<FaultKind, Place> = {
  kill: 'server', restart: 'server', pause: 'server', worker: 'worker', page: 'page',
  cut: 'network', reset: 'network', blackhole: 'network', lag: 'network', slice: 'network', throttle: 'network',
};
export const placeOf = (fault: Fault): Place => PLACE_OF[fault.kind];
/** A way that is only bad ends nothing: it is weather, and counts as no kill. */
export const isKill = (fault: Fault): boolean => fault.kind !== 'lag' && fault.kind !== 'slice' && fault.kind !== 'throttle';

/** How often each place is struck, of all faults. */
export type Mix = Record<Place, number>;
export const EVEN: Mix = { server: 1, worker: 1, network: 1, page: 1 };

function serverFault(random: Random): Fault {
  const at = { waitMs: random.between(20, 250), who: random.below(1_000) };
  const kind = random.pick(['kill', 'kill', 'kill', 'restart', 'pause'] as const);
  if (kind === 'kill') return { ...at, kind, downMs: random.between(0, 150) };
  return kind === 'restart' ? { ...at, kind } : { ...at, kind, forMs: random.between(50, 900) };
}

function networkFault(random: Random): Fault {
  const at = { waitMs: random.between(5, 120), who: random.below(1_000) };
  const forMs = random.between(30, 500);
  const kind = random.pick(['cut', 'cut', 'reset', 'reset', 'blackhole'] as const);
  if (kind === 'reset') return { ...at, kind };
  return kind === 'cut' ? { ...at, kind, forMs } : { ...at, kind, way: random.pick(['up', 'down', 'both'] as const), forMs };
}

function weather(random: Random): Fault {
  const at = { waitMs: random.between(5, 60), who: random.below(1_000), forMs: random.between(100, 800) };
  const kind = random.pick(['lag', 'slice', 'throttle'] as const);
  switch (kind) {
    case 'lag': return { ...at, kind, latencyMs: random.between(5, 120), jitterMs: random.between(0, 80) };
    case 'slice': return { ...at, kind, bytes: random.between(1, 40) };
    case 'throttle': return { ...at, kind, bytesPerSecond: random.between(4_000, 60_000) };
  }
}

function faultAt(place: Place, random: Random): Fault {
  if (place === 'server') return serverFault(random);
  if (place === 'network') return networkFault(random);
  const at = { waitMs: random.between(5, 120), who: random.below(1_000) };
  return place === 'worker' ? { ...at, kind: 'worker', awaits: random.below(40) } : { ...at, kind: 'page' };
}

/** Everything that will go wrong, in order, with `kills` kills: the same seed, the same plan. */
export function planFaults(seed: number, kills: number, mix: Mix = EVEN): Fault[] {
  const random = createRandom(seed).child('faults');
  const total = PLACES.reduce((sum, place) => sum + mix[place], 0);
  return Array.from({ length: kills }, () => {
    let left = random.next() * total;
    const place = PLACES.find((one) => (left -= mix[one]) < 0) ?? 'server';
    const kill = faultAt(place, random);
    return random.below(4) === 0 ? [weather(random), kill] : [kill];
  }).flat();
}

export type VisitorDo = 'say' | 'escalate' | 'back' | 'email' | 'accept' | 'thumb';
export type AgentDo = 'reply' | 'note' | 'claim' | 'release' | 'return' | 'resolve' | 'view';
/** What a person does next, after `waitMs`; `whom`: which conversation, modulo how many the agent sees. */
export interface Act<Do> { do: Do; waitMs: number; whom: number }

const VISITOR_DOES: readonly VisitorDo[] = ['say', 'say', 'say', 'say', 'say', 'say', 'say', 'escalate', 'escalate', 'back', 'email', 'accept', 'thumb'];
const AGENT_DOES: readonly AgentDo[] = ['reply', 'reply', 'reply', 'reply', 'reply', 'reply', 'note', 'claim', 'claim', 'release', 'return', 'resolve', 'view'];

function* acts<Do>(random: Random, does: readonly Do[], upToMs: number): Generator<Act<Do>, never> {
  for (;;) yield { do: random.pick(does), waitMs: random.between(5, upToMs), whom: random.below(1_000) };
}
/** What the visitor or agent of that number does, for as long as it is asked. */
export const visitorActs = (seed: number, who: number): Generator<Act<VisitorDo>, never> => acts(createRandom(seed).child(`visitor ${who}`), VISITOR_DOES, 350);
export const agentActs = (seed: number, who: number): Generator<Act<AgentDo>, never> => acts(createRandom(seed).child(`agent ${who}`), AGENT_DOES, 200);
