import type { Actor, BotAct, ConversationCommand, ClockAct, Op, VisitorAct, WorkspaceCommand } from '#lib/handoff/op.ts';
import { freshMeter } from '#lib/handoff/meter.ts';
import type { BotId, ConversationId, MemberId, MessageId, VisitorId, WorkspaceId } from '#lib/protocol/ids.ts';
import { DEFAULT_AGENT_LABEL, type Role } from '#lib/protocol/settings.ts';
import type { Committed, Store } from './store.ts';

export const T0 = 1_750_000_000_000;
type Done = Extract<Committed, { ok: true }>;
type OpBody = Op extends infer O ? (O extends Op ? Omit<O, 'workspaceId' | 'id' | 'now' | 'connected'> : never) : never;

export const secretOf = (visitor: string): string => `secret of ${visitor}`;
/** The value of an op that must have been done. */
export function done(committed: Committed): Done {
  if (!committed.ok) throw new Error(`Refused: ${committed.refusal.code} ${committed.refusal.message}`);
  return committed;
}
export const refusal = (committed: Committed): string => (committed.ok ? 'done' : committed.refusal.code);

/** A workspace with three people and one bot that hands over, and short ways to act in it. For the contract suite. */
export async function createWorld(store: Store, name = 'w') {
  let count = 0;
  const member = (id: string, role: Role): Actor => ({ id: `${name}-${id}` as MemberId, name: id, role });
  const nextId = (): string => `${name}-${(count += 1)}`;
  const world = {
    store, now: T0, workspaceId: name as WorkspaceId, botId: `${name}-bot` as BotId,
    ada: member('Ada', 'admin'), sam: member('Sam', 'agent'), kim: member('Kim', 'agent'),
    id: nextId,
    visitorId: (who: string): VisitorId => `${name}-${who}` as VisitorId,
    commit: (body: OpBody, id: string = nextId()): Promise<Committed> =>
      store.commit({ ...body, workspaceId: world.workspaceId, id, now: world.now, connected: [world.sam.id, world.kim.id] }),
    visitor: (who: string, act: VisitorAct, id?: string, botId = `${name}-bot` as BotId, secret = secretOf(who)): Promise<Committed> =>
      world.commit({ kind: 'visitor', act, visitor: { visitorId: world.visitorId(who), secretHash: secret, botId, channel: 'widget', page: null, language: null } }, id),
    say: (who: string, text: string, id: string = nextId()): Promise<Committed> => world.visitor(who, { type: 'visitor.message', id: id as MessageId, text }, id),
    escalate: (who: string): Promise<Committed> => world.visitor(who, { type: 'visitor.escalate' }),
    member: (actor: Actor, act: ConversationCommand, id?: string): Promise<Committed> => world.commit({ kind: 'conversation', conversationId: act.conversationId, what: { by: 'member', actor, act } }, id),
    clock: (conversationId: ConversationId, act: ClockAct): Promise<Committed> => world.commit({ kind: 'conversation', conversationId, what: { by: 'clock', act } }),
    settings: (actor: Actor, command: WorkspaceCommand, id?: string): Promise<Committed> => world.commit({ kind: 'workspace', actor, command }, id),
    botTurn: (conversationId: ConversationId, index: number, text: string): Promise<Committed> => {
      const act: BotAct = { type: 'bot.turn', index, reply: { id: world.id() as MessageId, text, sources: [] }, decision: { action: 'answer', reasons: [], meter: freshMeter() } };
      return world.commit({ kind: 'conversation', conversationId, what: { by: 'bot', act } });
    },
    /** The conversation a visitor's first words make. */
    async started(who: string, text = 'Hello'): Promise<ConversationId> {
      const { conversation } = done(await world.say(who, text));
      if (!conversation) throw new Error('No conversation was made');
      return conversation.id;
    },
  };
  await store.ensureWorkspace({ id: world.workspaceId, name: 'Shop' });
  for (const one of [world.ada, world.sam, world.kim]) done(await world.settings(world.ada, { type: 'member.add', memberId: one.id, name: one.name, role: one.role }));
  done(await world.settings(world.ada, { type: 'bot.add', botId: world.botId, name: 'Bean' }));
  const settings = { name: 'Bean', greeting: 'Hi', sites: [], handoff: { enabled: true, mode: 'both' as const, offlineMessage: '', agentLabel: DEFAULT_AGENT_LABEL, keepOn: false } };
  done(await world.settings(world.ada, { type: 'bot.save', botId: world.botId, baseSeq: 0, force: true, settings }));
  done(await world.settings(world.ada, { type: 'availability.set', botIds: null, on: true }));
  return world;
}
export type World = Awaited<ReturnType<typeof createWorld>>;
