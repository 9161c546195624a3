import type { Conversation } from '#lib/protocol/conversation.ts';
import type { AgentWorker } from './agent-worker.ts';
import type { Stage } from './strike.ts';
import { sleep } from './strike.ts';

/** Longer than the longest wait before reconnecting and a ping after it: whoever is not there by then is stuck, ms. */
const WITHIN_MS = 75_000;

async function conversationsOf(worker: AgentWorker, visitors: ReadonlySet<string>): Promise<Conversation[]> {
  return await worker.life().db.conversation.filter((row) => visitors.has(row.visitor.id)).toArray();
}
/** How far an agent's database is, seq. */
export const cursorOf = async (worker: AgentWorker): Promise<number> => {
  const cursor = await worker.life().db.meta.get('cursor');
  return cursor?.key === 'cursor' ? cursor.seq : -1;
};

/** What is still on its way to or from this agent, in words, or null. */
async function unsettledAgent(worker: AgentWorker, visitors: ReadonlySet<string>): Promise<string | null> {
  const { db, engine } = worker.life();
  if (!worker.isOnline()) return `${worker.name} is ${engine.link().name}`;
  const waiting = await db.outbox.count();
  if (waiting > 0) return `${worker.name} has ${waiting} in the outbox`;
  for (const row of await conversationsOf(worker, visitors)) {
    if (row.owed && row.floor === 'bot') return `the bot owes ${row.visitor.name} an answer`;
    await engine.view(`all of ${row.id}`, row.id);
    if (((await db.stream.get(row.id))?.seq ?? 0) < row.messageSeq) return `${worker.name} lacks messages of ${row.visitor.name}`;
  }
  return null;
}

/** @returns what is not settled yet, or null */
async function unsettled({ visitors, agents }: Stage, tend: (worker: AgentWorker) => Promise<void>): Promise<string | null> {
  for (const { window } of visitors) {
    for (const { id, failed } of window.model().pending) if (failed) window.client().retry(id);
    if (!window.isSettled()) return `${window.name} is ${window.model().link} with ${window.model().pending.length} on the way`;
  }
  const ids = new Set(visitors.map(({ window }) => window.visitorId));
  for (const { worker } of agents) {
    await tend(worker);
    const why = await unsettledAgent(worker, ids);
    if (why) return why;
  }
  const cursors = await Promise.all(agents.map(({ worker }) => cursorOf(worker)));
  if (new Set(cursors).size > 1) return `the agents stand at ${cursors.join(', ')}`;
  for (const row of await conversationsOf(agents[0]!.worker, ids)) {
    const held = visitors.find(({ window }) => window.visitorId === row.visitor.id)!.window.model();
    const seq = Math.max(0, ...held.messages.map((one) => one.seq));
    if (seq < row.messageSeq) return `${row.visitor.name} holds up to ${seq} of ${row.messageSeq}`;
  }
  return null;
}

/** Waits until nothing is under way any more, seen twice. @returns how long it took, ms. @throws in words when somebody is stuck */
export async function settle(stage: Stage, tend: (worker: AgentWorker) => Promise<void>): Promise<number> {
  const began = performance.now();
  let [why, calm]: [string | null, number] = ['nothing was asked yet', 0];
  while (calm < 2) {
    why = await unsettled(stage, tend);
    calm = why ? 0 : calm + 1;
    if (performance.now() - began > WITHIN_MS) throw new Error(`Not settled within ${WITHIN_MS} ms: ${why ?? 'never calm'}`);
    await sleep(50);
  }
  return performance.now() - began;
}
