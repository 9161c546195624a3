import type { Conversation } from '#lib/protocol/conversation.ts';
import type { BotId, MemberId } from '#lib/protocol/ids.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { Op } from '#lib/handoff/op.ts';
import type { Bus } from './bus/bus.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { createLeases, type Leases } from './socket/leases.ts';
import type { Commit, Committed, Store } from './store/store.ts';
import { WORKSPACE_ID } from './workspace.ts';

/** An op without what the core fills in. */
export type OpBody = Op extends infer O ? O extends Op ? Omit<O, 'workspaceId' | 'now' | 'connected'> : never : never;

/** What every part of the companion works with. */
export interface Core {
  config: Config; store: Store; bus: Bus; log: Log; metrics: Metrics; leases: Leases;
  /** Settings as last committed; small, and read on every visitor frame. */
  settings: { workspace(): Workspace; bot(id: BotId): Bot | undefined; bots(): Bot[]; member(id: MemberId): Member | undefined; members(): Member[] };
  /** Commits and tells the bus. */
  submit(op: Op): Promise<Committed>;
  act(op: OpBody): Promise<Committed>;
  /** A lease began or ended. Returns how to stop. */
  onPresence(listener: () => void): () => void;
  /** Told after a commit with a conversation for which the bot may owe a turn. */
  kick: { current: (conversation: Conversation) => void };
  knowledgeChanged: { current: (botId: BotId) => void };
}

/** @throws whatever the store throws */
export async function createCore(parts: Pick<Core, 'config' | 'store' | 'bus' | 'log' | 'metrics'>): Promise<Core> {
  const { store, bus, metrics } = parts;
  let workspace = await store.workspace(WORKSPACE_ID);
  const bots = new Map((await store.bots(WORKSPACE_ID)).map((one) => [one.id, one]));
  const members = new Map((await store.members(WORKSPACE_ID)).map((one) => [one.id, one]));
  bus.subscribe(WORKSPACE_ID, (commit) => {
    for (const row of commit.rows) {
      if (row.kind === 'workspace') workspace = row.row;
      else if (row.kind === 'bot') bots.set(row.row.id, row.row);
      else if (row.kind === 'member') members.set(row.row.id, row.row);
    }
  });
  const listeners = new Set<() => void>();
  const leases = createLeases(() => { for (const listener of listeners) listener(); });
  const kick: Core['kick'] = { current: () => undefined };
  const submit: Core['submit'] = async (op) => {
    const began = performance.now();
    const done = await store.commit(op);
    metrics.commitSeconds.observe((performance.now() - began) / 1000);
    if (!done.ok) { metrics.refused.inc({ code: done.refusal.code }); return done; }
    if (!done.commit) return done;
    metrics.commits.inc();
    bus.publish(done.commit);
    const owing = conversationOf(done.commit);
    if (owing?.owed && owing.floor === 'bot') kick.current(owing);
    return done;
  };
  return {
    ...parts, leases, submit, kick, knowledgeChanged: { current: () => undefined },
    settings: { workspace: () => workspace, bot: (id) => bots.get(id), bots: () => [...bots.values()], member: (id) => members.get(id), members: () => [...members.values()] },
    act: (op) => submit({ ...op, workspaceId: WORKSPACE_ID, now: Date.now(), connected: leases.connected() }),
    onPresence(listener) { listeners.add(listener); return () => listeners.delete(listener); },
  };
}

/** The conversation a commit is about, if any. */
export function conversationOf(commit: Commit): Conversation | null {
  for (const row of commit.rows) if (row.kind === 'conversation') return row.row;
  return null;
}
