import { once } from 'node:events';
import type * as z from 'zod';
import { AgentDown, AgentUp } from '#lib/protocol/agent.ts';
import { FeedRow } from '#lib/protocol/feed.ts';
import { Message } from '#lib/protocol/message.ts';
import { COMMAND_ROLE, isAtLeast } from '#lib/protocol/permission.ts';
import { ROLES, type Role } from '#lib/protocol/settings.ts';
import { VisitorDown, VisitorUp } from '#lib/protocol/visitor.ts';
import { createAgentHub } from '#lib/companion/socket/agent.ts';
import { createVisitorHub } from '#lib/companion/socket/visitor.ts';
import { WORKSPACE_ID } from '#lib/companion/workspace.ts';
import { createChance, type Chance } from './chance.ts';
import type { Family } from './family.ts';
import { agentFrame, agentHello, visitorFrame, visitorHello } from './good-frames.ts';
import { createValues, hostileJson } from './mutate.ts';
import { asSocket, CALLER, FakeSocket, openParts, type Parts } from './parts.ts';

interface Frame { bytes: Buffer; isBinary: boolean }
/** One in so many inputs is good as it is: each of those may be a write to the disk. */
const GOOD = 40;
const DEADLINE_MS = 10_000;
/** Sockets that are greeted at once, since each greeting waits for the store. */
const POOL = 16;

/** What a hub is asked to be: one side of the wire. */
interface Side {
  name: string; up: z.ZodType<{ type: string }>; down: z.ZodType<{ type: string }>;
  accept(socket: FakeSocket): void; hello(socket: FakeSocket, chance: Chance): Promise<object> | object; frame(chance: Chance): object;
  /** Looks at an answer to an accepted frame. */
  answered?(socket: FakeSocket, frame: { type: string; [more: string]: unknown }, asked: Map<string, string>): string | null;
}

const json = (text: string): unknown => { try { return JSON.parse(text); } catch { return undefined; } };

/** A socket that is greeted before each input, and again whenever the hub ended it. */
function createFamily(side: Side, { core, faults, close }: Parts, seed: number): Family<Frame> {
  const values = createValues(seed);
  const asked = new Map<string, string>();
  let socket = new FakeSocket();
  socket.close();
  let owed = 0;
  let chanceOf = createChance(seed);
  const pool: FakeSocket[] = [];
  const wrong: string[] = [];
  const read = (): void => {
    for (const text of socket.sent.splice(0)) {
      const parsed = side.down.safeParse(JSON.parse(text));
      if (!parsed.success) { wrong.push(`the companion said what is not of the protocol: ${text.slice(0, 300)}`); continue; }
      if (parsed.data.type === 'ack' || parsed.data.type === 'nack') owed -= 1;
      const odd = side.answered?.(socket, parsed.data, asked);
      if (odd) wrong.push(odd);
    }
  };
  /** Asked again at each frame that comes. */
  const wait = async (on: FakeSocket, until: (said: string) => boolean): Promise<boolean> => {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    for (let said = ''; !until(said);) {
      if (signal.aborted) return false;
      [said] = await once(on, 'sent', { signal }).catch(() => ['']) as [string];
      read();
    }
    return true;
  };
  const open = async (): Promise<FakeSocket> => {
    const made = new FakeSocket();
    side.accept(made);
    if (chanceOf.oneIn(30)) return made; // not greeted: whatever comes first is not a hello
    const hello = Buffer.from(JSON.stringify(await side.hello(made, chanceOf)));
    const welcomed = wait(made, (said) => said.startsWith('{"type":"welcome"') || made.readyState !== made.OPEN);
    made.emit('message', hello, false);
    await welcomed;
    return made;
  };
  return {
    name: side.name,
    async ready() {
      if (socket.readyState === socket.OPEN) return;
      read();
      if (pool.length === 0) pool.push(...await Promise.all(Array.from({ length: POOL }, open)));
      socket = pool.pop()!;
      owed = 0;
    },
    make(chance) {
      chanceOf = chance;
      return { bytes: hostileJson(chance, side.frame(chance), values, GOOD), isBinary: chance.oneIn(50) };
    },
    check({ bytes, isBinary }) {
      read();
      const good = isBinary ? null : side.up.safeParse(json(bytes.toString()));
      if (good?.success && 'id' in good.data) { owed += 1; asked.set(String(good.data.id), String((good.data as { command?: { type: string } }).command?.type ?? good.data.type)); }
      socket.emit('message', bytes, isBinary);
      const said = socket.sent.at(-1) ?? '';
      if (good?.success) return true;
      if (socket.readyState !== socket.OPEN || /^\{"type":"(error|nack)"/.test(said)) { if (said.startsWith('{"type":"nack"')) owed += 1; return false; }
      // Of a newer client: left alone.
      const type = (json(bytes.toString()) as { type?: unknown } | null | undefined)?.type;
      return typeof type === 'string' ? false : 'took a frame that is not of the protocol';
    },
    async settle() {
      read();
      const isDone = await wait(socket, () => owed <= 0 || socket.readyState !== socket.OPEN);
      owed = 0;
      asked.clear();
      if (!isDone) return 'a frame was never answered';
      return wrong.splice(0)[0] ?? faults.splice(0)[0] ?? null;
    },
    async close() {
      for (const one of [socket, ...pool]) one.close();
      const { rows } = await core.store.snapshot(WORKSPACE_ID, 2_000);
      const messages = (await Promise.all(rows.filter((row) => row.kind === 'conversation').slice(0, 50).map((row) => core.store.messages(row.row.id as never, 0, 500)))).flat();
      await close();
      const bad = rows.find((row) => !FeedRow.safeParse(row).success) ?? messages.find((message) => !Message.safeParse(message).success);
      if (bad) throw new Error(`The store holds what is not of the protocol: ${JSON.stringify(bad).slice(0, 400)}`);
    },
  };
}

export async function agentUp(seed: number): Promise<Family<Frame>> {
  const parts = await openParts();
  const hub = createAgentHub(parts.core);
  const visitors = createVisitorHub(parts.core);
  const roles = new WeakMap<FakeSocket, Role>();
  const visitor = new FakeSocket();
  visitors.accept(asSocket(visitor), CALLER);
  for (const [frame, answer] of [[visitorHello('v', 'v'.repeat(43)), 'welcome'], [{ type: 'message', id: 'm', text: 'hello' }, 'ack']] as const) {
    visitor.emit('message', Buffer.from(JSON.stringify(frame)), false);
    while (!visitor.sent.some((text) => text.startsWith(`{"type":"${answer}"`))) await new Promise((resolve) => setImmediate(resolve));
  }
  visitor.close();
  const conversation = (await parts.core.store.list(WORKSPACE_ID, { limit: 1 })).conversations[0]!.id;
  return createFamily({
    name: 'AgentUp frames', up: AgentUp, down: AgentDown, accept: (socket) => hub.accept(asSocket(socket), CALLER), frame: (chance) => agentFrame(chance, conversation),
    async hello(socket, chance) { const role = chance.pick(ROLES); roles.set(socket, role); return agentHello(role, parts.core.store.epoch, await parts.core.store.head(WORKSPACE_ID)); },
    answered(socket, frame, asked) {
      const role = roles.get(socket) ?? 'agent';
      const needed = frame.type === 'ack' ? COMMAND_ROLE[asked.get(String(frame['id'])) as keyof typeof COMMAND_ROLE] : undefined;
      return needed && !isAtLeast(role, needed) ? `${role} was let do what needs ${needed}` : null;
    },
  }, { ...parts, close: async () => { hub.close(); await parts.close(); } }, seed);
}

export async function visitorUp(seed: number): Promise<Family<Frame>> {
  const parts = await openParts();
  const hub = createVisitorHub(parts.core);
  return createFamily({
    name: 'VisitorUp frames', up: VisitorUp, down: VisitorDown, accept: (socket) => hub.accept(asSocket(socket), CALLER), frame: visitorFrame,
    hello: (_, chance) => { const id = `visitor-${chance.below(40)}`; return visitorHello(id, id.padEnd(43, 's')); },
  }, parts, seed);
}
