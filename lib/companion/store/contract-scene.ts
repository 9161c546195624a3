import { expect } from 'vitest';
import { must } from '#lib/base/must.ts';
import { uuid } from '#lib/base/uuid.ts';
import { freshMeter } from '#lib/handoff/meter.ts';
import type { Actor, ConversationCommand, Decision, Op, VisitorAct, VisitorRef, WorkspaceCommand } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import { BotId, MemberId, MessageId, VisitorId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Role } from '#lib/protocol/settings.ts';
import type { Committed, Store } from './store.ts';

/** What an implementation gives the contract: a store on durable ground, and a way to close and open it again. */
export interface StoreUnderTest {
  readonly store: Store;
  addWorkspace(id: WorkspaceId): Promise<void>;
  reopen(): Promise<void>;
  destroy(): Promise<void>;
}
export type Done = Extract<Committed, { ok: true }>;
type MemberAct = { type: ConversationCommand['type'] } & Record<string, unknown>;

/** The committed result; fails the test with the refusal when there is one. */
export function done(committed: Committed): Done {
  if (!committed.ok) throw new Error(`Refused: ${JSON.stringify(committed.refusal)}`);
  return committed;
}
export function refusal(committed: Committed): string {
  return committed.ok ? 'done' : committed.refusal.code;
}
export const conversationOf = (committed: Committed): Conversation => must(done(committed).conversation, 'conversation of the result');
export const newMessageId = (): MessageId => MessageId.parse(uuid());
export const keyOf = ({ kind, row }: FeedRow): string => `${kind} ${row.id}`;
export const decided = (action: Decision['action'], more: Partial<Decision> = {}): Decision => ({ action, reasons: [], meter: freshMeter(), ...more });

const person = (name: string, role: Role): Actor => ({ id: MemberId.parse(uuid()), name, role });

/** A workspace of its own with a bot that hands off, and people; `at` is its clock. */
export class Scene {
  readonly ws = WorkspaceId.parse(uuid());
  readonly botId = BotId.parse(uuid());
  readonly admin = person('Ada', 'admin');
  readonly lead = person('Lea', 'lead');
  readonly sam = person('Sam', 'agent');
  readonly mia = person('Mia', 'agent');
  connected: MemberId[] = [this.sam.id, this.mia.id];
  at = 1_750_000_000_000;
  readonly under: StoreUnderTest;

  constructor(under: StoreUnderTest) {
    this.under = under;
  }

  get store(): Store {
    return this.under.store;
  }

  visitor(botId = this.botId): VisitorRef {
    return { visitorId: VisitorId.parse(uuid()), secretHash: uuid(), botId, channel: 'widget', page: null, language: 'en' };
  }

  base(id: string): Pick<Op, 'workspaceId' | 'id' | 'now' | 'connected'> {
    return { workspaceId: this.ws, id, now: this.at, connected: this.connected };
  }

  visit(visitor: VisitorRef, act: VisitorAct, id: string = uuid()): Promise<Committed> {
    return this.store.commit({ ...this.base(id), kind: 'visitor', visitor, act });
  }

  say(visitor: VisitorRef, text: string, id = newMessageId()): Promise<Committed> {
    return this.visit(visitor, { type: 'visitor.message', id, text }, id);
  }

  act(actor: Actor, { id: conversationId }: Pick<Conversation, 'id'>, act: MemberAct, id: string = uuid()): Promise<Committed> {
    return this.store.commit({ ...this.base(id), kind: 'conversation', conversationId, what: { by: 'member', actor, act: { ...act, conversationId } as unknown as ConversationCommand } });
  }

  reply(actor: Actor, to: Pick<Conversation, 'id'>, text: string, id: string = uuid(), more: object = {}): Promise<Committed> {
    return this.act(actor, to, { type: 'message.send', text, seen: 1_000, ...more }, id);
  }

  /** The bot's turn on the visitor message at `index`. */
  turn({ id: conversationId }: Pick<Conversation, 'id'>, index: number, text: string, decision = decided('answer')): Promise<Committed> {
    const reply = { id: newMessageId(), text, sources: [] };
    return this.store.commit({ ...this.base(uuid()), kind: 'conversation', conversationId, what: { by: 'bot', act: { type: 'bot.turn', index, reply, decision } } });
  }

  tick({ id: conversationId }: Pick<Conversation, 'id'>, type: 'clock.release' | 'clock.archive'): Promise<Committed> {
    return this.store.commit({ ...this.base(uuid()), kind: 'conversation', conversationId, what: { by: 'clock', act: { type } } });
  }

  manage(actor: Actor, command: WorkspaceCommand, id: string = uuid()): Promise<Committed> {
    return this.store.commit({ ...this.base(id), kind: 'workspace', actor, command });
  }

  /** A fresh visitor's conversation with one line in it. */
  async chat(text = 'hello'): Promise<{ visitor: VisitorRef; conversation: Conversation }> {
    const visitor = this.visitor();
    return { visitor, conversation: conversationOf(await this.say(visitor, text)) };
  }

  /** All rows after `after`, fetched page by page. */
  async feedFrom(after: number, limit: number): Promise<{ rows: FeedRow[]; to: number }> {
    const rows: FeedRow[] = [];
    for (let from = after; ;) {
      const page = await this.store.feed(this.ws, from, limit);
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      for (const { row } of page.rows) expect(row.seq > from && row.seq <= page.to, 'a row lies within its page').toBe(true);
      rows.push(...page.rows);
      from = page.to;
      if (!page.more) return { rows, to: page.to };
    }
  }
}

export async function createScene(under: StoreUnderTest): Promise<Scene> {
  const scene = new Scene(under);
  await under.addWorkspace(scene.ws);
  const { admin, botId } = scene;
  done(await scene.manage(admin, { type: 'bot.add', botId, name: 'Robin' }));
  for (const { id, name, role } of [admin, scene.lead, scene.sam, scene.mia]) done(await scene.manage(admin, { type: 'member.add', memberId: id, name, role }));
  const bot = must(await scene.store.bot(botId), 'bot');
  const { name, greeting, sites, handoff } = bot;
  done(await scene.manage(admin, { type: 'bot.save', botId, baseSeq: bot.seq, settings: { name, greeting, sites, handoff: { ...handoff, enabled: true } } }));
  done(await scene.manage(admin, { type: 'availability.set', botIds: null, on: true }));
  return scene;
}
