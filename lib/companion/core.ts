import { must } from '#lib/base/must.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { BotId, MemberId } from '#lib/protocol/ids.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { Op } from '#lib/handoff/op.ts';
import { createBots, type Bots, type CreateBot } from './bot/bots.ts';
import { createBotBySettings } from './bot/create-bot.ts';
import type { BotRunner } from './bot/runner.ts';
import { createLearner } from './bot/learner/learner.ts';
import type { Bus, Delta, Typing } from './bus/bus.ts';
import type { Config } from './config.ts';
import { followCommits } from './follow.ts';
import { createImportReader, type ImportReader } from './knowledge/import-reader.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { createOutgoing, type Outgoing } from './outgoing/outgoing.ts';
import { createLeases, type Leases } from './socket/leases.ts';
import { createVisitorLimits, type VisitorLimits } from './socket/visitor-limits.ts';
import type { Commit, Committed, Store } from './store/store.ts';
import { openVault, type Vault } from './vault.ts';
import { WORKSPACE_ID } from './workspace.ts';

/** An op without what the core fills in. */
export type OpBody = Op extends infer O ? O extends Op ? Omit<O, 'workspaceId' | 'now' | 'connected'> : never : never;

/** What every part of the companion works with. */
export interface Core {
  config: Config; store: Store; bus: Bus; log: Log; metrics: Metrics; leases: Leases; outgoing: Outgoing;
  /** Null: there is no key to seal with (SECRET_KEY). */
  vault: Vault | null;
  bots: Bots;
  /** Knowledge is read by it. */
  imports: ImportReader;
  /** How fast visitors may write, over whichever door. */
  visitorLimits: VisitorLimits;
  /** Settings as last committed; small, and read on every visitor frame. */
  settings: { workspace(): Workspace; bot(id: BotId): Bot | undefined; bots(): Bot[]; member(id: MemberId): Member | undefined; members(): Member[] };
  /** Every commit of the workspace, whichever node made it, in order. Returns how to stop. */
  onCommit(listener: (commit: Commit) => void): () => void;
  /** Somebody writes: tells every node, this one included. */
  typing(typing: Typing): void;
  onTyping(listener: (typing: Typing) => void): void;
  /** A bot's answer grows: tells every node, this one included. */
  delta(delta: Delta): void;
  onDelta(listener: (delta: Delta) => void): void;
  /** Commits and tells the bus. */
  submit(op: Op): Promise<Committed>;
  act(op: OpBody): Promise<Committed>;
  /** A lease began or ended. Returns how to stop. */
  onPresence(listener: () => void): () => void;
  /** Told after a commit with a conversation for which the bot may owe a turn. */
  kick: { current: (conversation: Conversation) => void };
  /** Takes a bot's turn that comes another way. Null: there is no such turn. */
  post: { current: BotRunner['post'] };
  /** Told when a copied token was found: the sockets of that device end. */
  deviceRevoked: { current: (deviceId: string) => void };
  close(): void;
}

/** @param parts.createBot other bots than the settings say, for tests. @throws whatever the store throws */
export async function createCore({ createBot, ...parts }: Pick<Core, 'config' | 'store' | 'bus' | 'log' | 'metrics'> & { createBot?: CreateBot }): Promise<Core> {
  const { config, store, bus, metrics, log } = parts;
  const learner = createLearner((error) => log.error({ error }, 'The thread that learns knowledge bases died; it begins again with the next question.'));
  const imports = createImportReader();
  const [outgoing, vault] = [createOutgoing({ allowedHosts: config.outgoingHosts }), openVault(config)];
  // The head first: what is committed while the settings are read is heard of again.
  const follower = followCommits({ store, bus, workspaceId: WORKSPACE_ID, from: await store.head(WORKSPACE_ID), onError: (error) => log.error({ error }, 'A change could not be passed on; it is read again from the store') });
  const settings = await followSettings(store, follower.onCommit);
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
    bus.publish({ kind: 'commit', workspaceId: op.workspaceId, commit: done.commit });
    const owing = conversationOf(done.commit);
    if (owing?.owed && owing.floor === 'bot') kick.current(owing);
    return done;
  };
  return {
    ...parts, outgoing, vault, imports, bots: createBots({ store, create: createBot ?? createBotBySettings({ outgoing, vault, store, log: { warn: (details, message) => log.warn(details, message) }, learner }) }), visitorLimits: createVisitorLimits(config.rateLimits), leases, submit, kick, post: { current: () => Promise.resolve(null) }, deviceRevoked: { current: () => undefined }, settings, onCommit: follower.onCommit, close: () => { follower.close(); void learner.close(); void imports.close(); },
    typing: (typing) => bus.publish({ kind: 'typing', workspaceId: WORKSPACE_ID, typing }),
    onTyping: (listener) => void bus.subscribe(WORKSPACE_ID, (hint) => { if (hint.kind === 'typing') listener(hint.typing); }),
    delta: (delta) => bus.publish({ kind: 'delta', workspaceId: WORKSPACE_ID, delta }),
    onDelta: (listener) => void bus.subscribe(WORKSPACE_ID, (hint) => { if (hint.kind === 'delta') listener(hint.delta); }),
    act: (op) => submit({ ...op, workspaceId: WORKSPACE_ID, now: Date.now(), connected: leases.connected() }),
    onPresence(listener) { listeners.add(listener); return () => listeners.delete(listener); },
  };
}

/** Settings as of the last commit that was passed on. */
async function followSettings(store: Store, onCommit: Core['onCommit']): Promise<Core['settings']> {
  let workspace: Workspace | null = null;
  const bots = new Map<BotId, Bot>();
  const members = new Map<MemberId, Member>();
  const newer = <T extends { id: string; seq: number }>(map: Map<T['id'], T>, row: T): void => { if ((map.get(row.id)?.seq ?? 0) < row.seq) map.set(row.id, row); };
  const take = (row: FeedRow): void => {
    if (row.kind === 'workspace' && (workspace?.seq ?? 0) < row.row.seq) workspace = row.row;
    else if (row.kind === 'bot') newer(bots, row.row);
    else if (row.kind === 'member') newer(members, row.row);
  };
  onCommit((commit) => commit.rows.forEach(take));
  take({ kind: 'workspace', row: await store.workspace(WORKSPACE_ID) });
  for (const row of await store.bots(WORKSPACE_ID)) take({ kind: 'bot', row });
  for (const row of await store.members(WORKSPACE_ID)) take({ kind: 'member', row });
  return { workspace: () => must(workspace, 'workspace'), bot: (id) => bots.get(id), bots: () => [...bots.values()], member: (id) => members.get(id), members: () => [...members.values()] };
}

/** The conversation a commit is about, if any. */
export function conversationOf(commit: Commit): Conversation | null {
  for (const row of commit.rows) if (row.kind === 'conversation') return row.row;
  return null;
}
