import { uuid } from '#lib/base/uuid.ts';
import { agentDoes, tendOutbox, visitorDoes } from './act.ts';
import { addAgent, addVisitor, type AgentActor, type Team, type VisitorActor } from './cast.ts';
import type { Deployment } from './deployment.ts';
import { fetchExport } from './exported.ts';
import type { History } from './history.ts';
import { judge, type Verdict } from './judge.ts';
import { agentActs, planFaults, visitorActs, type Mix } from './plan.ts';
import { createRandom, type Random } from './random.ts';
import { createRecord, type Record } from './record.ts';
import { cursorOf, settle } from './settle.ts';
import { noToll, sleep, strike, type Stage, type Toll } from './strike.ts';

export interface StormOptions { seed: number; kills: number; visitors: number; agents: number; mix: Mix }
export interface StormResult { seed: number; verdict: Verdict; toll: Toll; messages: number; acked: number; settleMs: number; ms: number; history: History; faults: string[] }

/** People at work until told to stop. */
function startLoad({ visitors, agents }: Stage, seed: number, record: Record) {
  let isEnding = false;
  const commands = new Set<Promise<unknown>>();
  const later = (work: Promise<unknown>): void => { commands.add(work); void work.finally(() => commands.delete(work)); };
  const ids = new Set(visitors.map(({ window }) => window.visitorId));
  const visit = async ({ window }: VisitorActor, at: number): Promise<void> => {
    for (const act of visitorActs(seed, at)) {
      await sleep(act.waitMs);
      if (isEnding) return;
      visitorDoes(window, act, record);
    }
  };
  const attend = async ({ worker }: AgentActor, at: number): Promise<void> => {
    for (const act of agentActs(seed, at)) {
      await sleep(act.waitMs);
      if (isEnding) return;
      const life = worker.life();
      try {
        await agentDoes(worker, act, ids, record, later, () => isEnding);
        await tendOutbox(worker, record);
      } catch (error) {
        if (!life.isOver()) throw error; // its worker died under it: the next act finds the next one
      }
    }
  };
  const all = [...visitors.map(visit), ...agents.map(attend)];
  return { async stop(): Promise<void> { isEnding = true; await Promise.all(all); await Promise.all(commands); } };
}

/** The state as a client sees it that begins now, and what everybody else holds; taken again when the companion's own clock did something meanwhile. */
async function hold(stage: Stage, team: Team, record: Record, random: Random): Promise<History> {
  const { deployment, visitors, agents } = stage;
  const fresh = await addAgent(deployment, createRecord('fresh'), { memberId: 'you', token: team.admin.token }, 'fresh', random, fail);
  try {
    const ids = new Set(visitors.map(({ window }) => window.visitorId));
    const everybody = [fresh, ...agents];
    const observe = async () => {
      await settle({ ...stage, agents: everybody }, async () => undefined);
      const before = await cursorsOf(everybody);
      const of = (await fresh.worker.life().db.conversation.filter((row) => ids.has(row.visitor.id)).primaryKeys()) as string[];
      const observations = [...visitors.map(({ window }) => window.observation()), ...await Promise.all(agents.map(({ worker }) => worker.observation(of)))];
      const held = await fresh.worker.observation(of);
      return { of, observations, held, isStill: before.join() === (await cursorsOf(everybody)).join() };
    };
    let seen = await observe();
    while (!seen.isStill) seen = await observe();
    const { of, observations, held } = seen;
    // Conversations of the demo, or of an earlier storm, are not this one's.
    const isOurs = (conversation: string): boolean => of.includes(conversation) || !held.rows?.has(`conversation ${conversation}`);
    return {
      sent: record.sent(), seen: record.seen().filter((one) => isOurs(one.conversation)), acked: record.acked, claims: record.claims, observations,
      fresh: held, exported: await fetchExport(deployment.address(random), team.admin.token),
    };
  } finally {
    await endAgent(fresh);
  }
}
const cursorsOf = (agents: AgentActor[]): Promise<number[]> => Promise.all(agents.map(({ worker }) => cursorOf(worker)));
function fail(error: unknown): never { throw error; }
async function endAgent({ worker, proxy }: AgentActor): Promise<void> { await worker.close(); await proxy.close(); }

/** People at work, everything that can break breaking, then calm; and what everybody holds in the end is judged. */
export async function storm(deployment: Deployment, team: Team, options: StormOptions): Promise<StormResult> {
  const { seed } = options;
  const began = performance.now();
  const [random, record, toll] = [createRandom(seed), createRecord(uuid()), noToll()];
  const faults: string[] = [];
  const visitors = await Promise.all(Array.from({ length: options.visitors }, (_, at) => addVisitor(deployment, record, `visitor ${seed}/${at}`, random.child(`v${at}`))));
  const agents = await Promise.all(team.members.slice(0, options.agents).map((member, at) =>
    addAgent(deployment, record, member, `agent ${seed}/${at}`, random.child(`a${at}`), (error) => faults.push(error instanceof Error ? error.stack ?? error.message : String(error)))));
  const stage: Stage = { deployment, visitors, agents };
  try {
    const load = startLoad(stage, seed, record);
    for (const fault of planFaults(seed, options.kills, options.mix)) await strike(stage, fault, toll);
    await Promise.all(toll.pending);
    await load.stop();
    const settleMs = await settle(stage, (worker) => tendOutbox(worker, record));
    const history = await hold(stage, team, record, random.child('fresh'));
    const messages = [...history.fresh.lines.values()].reduce((sum, lines) => sum + lines.length, 0);
    return { seed, verdict: judge(history), toll, messages, acked: record.acked.size, settleMs, ms: performance.now() - began, history, faults };
  } finally {
    for (const { window, proxy } of visitors) { window.close(); await proxy.close(); }
    for (const one of agents) await endAgent(one);
  }
}
