import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MINUTE } from '#lib/base/time.ts';
import type { Actor, VisitorRef } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { Message } from '#lib/protocol/message.ts';
import { conversationOf, decided, done, keyOf, newMessageId, type Scene } from './contract-scene.ts';
import type { Committed } from './store.ts';

type NewScene = () => Promise<Scene>;
type Chat = { visitor: VisitorRef; conversation: Conversation };
const ACTS = ['say', 'turn', 'offer', 'answer', 'feedback', 'escalate', 'back', 'email', 'claim', 'reply', 'note', 'release', 'return', 'resolve', 'reopen', 'archive', 'availability', 'bot', 'workspace', 'member', 'later'] as const;
interface Step { act: (typeof ACTS)[number]; chat: number; who: number }

const step = fc.record({ act: fc.constantFrom(...ACTS), chat: fc.nat(4), who: fc.nat(2) });
const WINDOW = 10_000;
type Rows = Map<string, FeedRow['row']>;
const applied = (rows: FeedRow[], held: Rows = new Map()): Rows => {
  for (const row of rows) if ((held.get(keyOf(row))?.seq ?? 0) < row.row.seq) held.set(keyOf(row), row.row);
  return held;
};

async function settingsStep(scene: Scene, { act, who }: Step, n: number): Promise<Committed | null> {
  const bot = (await scene.store.bot(scene.botId))!;
  if (act === 'availability') return scene.manage(scene.lead, { type: 'availability.set', botIds: null, on: who > 0 });
  if (act === 'workspace') return scene.manage(scene.admin, { type: 'workspace.save', settings: { ...await scene.store.workspace(scene.ws), name: `W ${n}` } });
  if (act === 'bot') return scene.manage(scene.admin, { type: 'bot.save', botId: bot.id, baseSeq: bot.seq, settings: { name: `Robin ${n}`, greeting: bot.greeting, sites: [], handoff: bot.handoff } });
  if (act === 'member') return scene.manage(scene.admin, { type: 'member.role', memberId: scene.mia.id, role: who > 0 ? 'lead' : 'agent' });
  scene.at += who * 20 * MINUTE;
  return null;
}

async function visitorStep(scene: Scene, { act, who }: Step, { visitor, conversation }: Chat, n: number): Promise<Committed | null> {
  const { meter, owed } = (await scene.store.conversation(conversation.id))!;
  const said = (await scene.store.messages(conversation.id, 0, 500)).filter((one) => one.kind === 'said');
  switch (act) {
    case 'say': return scene.say(visitor, `line ${n}`);
    case 'turn': return scene.turn(conversation, owed?.last ?? 1, `answer ${n}`, decided('answer', { meter }));
    case 'offer': return scene.turn(conversation, owed?.last ?? 1, `offer ${n}`, decided('offer', { meter: { ...meter, offer: { messageId: '', turnsLeft: 2, expiresAt: scene.at + 10 * MINUTE } } }));
    case 'answer': return scene.visit(visitor, { type: 'visitor.offer', messageId: (meter.offer?.messageId ?? 'none') as never, accept: who > 0 });
    case 'feedback': return scene.visit(visitor, { type: 'visitor.feedback', messageId: said[n % said.length]!.id, value: who > 0 ? 'up' : 'down' });
    case 'escalate': return scene.visit(visitor, { type: 'visitor.escalate' });
    case 'back': return scene.visit(visitor, { type: 'visitor.back' });
    case 'email': return scene.visit(visitor, { type: 'visitor.email', email: 'v@example.com' });
    default: return null;
  }
}

async function run(scene: Scene, one: Step, chats: Chat[], n: number): Promise<Committed | null> {
  const actor = [scene.sam, scene.mia, scene.lead][one.who] as Actor;
  const chat = chats[one.chat]!;
  switch (one.act) {
    case 'reply': return scene.reply(actor, chat.conversation, `reply ${n}`, undefined, { claim: n % 2 === 0 });
    case 'note': return scene.act(actor, chat.conversation, { type: 'note.add', text: `note ${n}` });
    case 'claim': case 'release': case 'return': case 'resolve': case 'reopen': case 'archive':
      return scene.act(actor, chat.conversation, { type: `conversation.${one.act}` });
    case 'availability': case 'workspace': case 'bot': case 'member': case 'later': return settingsStep(scene, one, n);
    default: return visitorStep(scene, one, chat, n);
  }
}

/** Does the steps, a few at once; what the bus would have told. */
async function play(scene: Scene, steps: Step[], chats: Chat[]): Promise<{ rows: FeedRow[]; messages: Message[] }> {
  const told: { rows: FeedRow[]; messages: Message[] } = { rows: [], messages: [] };
  for (let i = 0; i < steps.length; i += 4) {
    const results = await Promise.all(steps.slice(i, i + 4).map((one, j) => run(scene, one, chats, i + j)));
    for (const result of results) {
      if (!result?.ok || !result.commit) continue;
      told.rows.push(...result.commit.rows);
      told.messages.push(...(result.commit.stream?.messages ?? []));
    }
  }
  return told;
}

/** Whoever follows the feed, in pages of any size and from any point, holds what a snapshot holds. */
export function feedContract(newScene: NewScene): void {
  test('every history: snapshot, feed from 0, snapshot and feed since, and what was told are the same rows', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 24 }), fc.array(step, { maxLength: 24 }), fc.constantFrom(1, 2, 3, 7, 1_000), async (early, late, limit) => {
      const scene = await newScene();
      const start = applied((await scene.store.snapshot(scene.ws, WINDOW)).rows);
      const chats = await Promise.all(Array.from({ length: 5 }, () => scene.chat()));
      const opened = await scene.feedFrom(0, limit);
      const toldEarly = await play(scene, early, chats);
      const middle = await scene.store.snapshot(scene.ws, WINDOW);
      const toldLate = await play(scene, late, chats);
      const end = await scene.store.snapshot(scene.ws, WINDOW);
      const truth = applied(end.rows);
      expect(end.to).toBe(await scene.store.head(scene.ws));
      expect(end.rows).toHaveLength(truth.size);
      const whole = await scene.feedFrom(0, limit);
      expect(applied(whole.rows)).toEqual(truth);
      expect(whole.rows.map(({ row }) => row.seq)).toEqual(whole.rows.map(({ row }) => row.seq).toSorted((a, b) => a - b));
      const since = await scene.feedFrom(middle.to, limit);
      expect(applied(since.rows, applied(middle.rows))).toEqual(truth);
      expect([whole.to, since.to]).toEqual([end.to, end.to]);
      expect(applied([...opened.rows, ...toldEarly.rows, ...toldLate.rows], start)).toEqual(truth);
    }), { numRuns: 20 });
  });

  test('a snapshot taken while others commit holds exactly what its `to` says', async () => {
    const scene = await newScene();
    const chats = await Promise.all(Array.from({ length: 300 }, () => scene.chat()));
    for (let round = 0; round < 8; round++) {
      const writing = Promise.all(chats.slice(0, 20).map(({ visitor }) => scene.say(visitor, `line ${round}`)));
      // The batch is on its way now, and is committed while the snapshot is read.
      await new Promise((resolve) => setImmediate(resolve));
      const seen = [await scene.store.snapshot(scene.ws, WINDOW), await scene.store.feed(scene.ws, 0, WINDOW)];
      await writing;
      const end = applied((await scene.store.snapshot(scene.ws, WINDOW)).rows);
      for (const { rows, to } of seen) {
        expect(Math.max(...rows.map(({ row }) => row.seq))).toBeLessThanOrEqual(to);
        const since = await scene.store.feed(scene.ws, to, WINDOW);
        expect(applied(since.rows, applied(rows))).toEqual(end);
      }
    }
  });

  test('a small window keeps every escalated conversation, then the newest, and their notes', async () => {
    const scene = await newScene();
    const chats: Chat[] = [];
    for (let i = 0; i < 6; i++) {
      chats.push((await scene.chat(`chat ${i}`)));
      scene.at += MINUTE;
    }
    for (const { visitor } of chats.slice(0, 3)) done(await scene.visit(visitor, { type: 'visitor.escalate' }));
    done(await scene.act(scene.sam, chats[0]!.conversation, { type: 'note.add', text: 'in' }));
    done(await scene.act(scene.sam, chats[3]!.conversation, { type: 'note.add', text: 'out' }));
    const held = async (window: number): Promise<string[]> => (await scene.store.snapshot(scene.ws, window)).rows
      .flatMap((one) => (one.kind === 'conversation' ? [`chat ${chats.findIndex(({ conversation }) => conversation.id === one.row.id)}`] : one.kind === 'note' ? [one.row.text] : []));
    expect((await held(4)).toSorted()).toEqual(['chat 0', 'chat 1', 'chat 2', 'chat 5', 'in']);
    expect((await held(2)).toSorted()).toEqual(['chat 0', 'chat 1', 'chat 2', 'in']);
  });
}

/** What a client that watches a conversation resumes with. */
export function messagesContract(newScene: NewScene): void {
  test('every history: messages told, and messages after any seq, make up the whole transcript', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.nat(30), async (steps, cut) => {
      const scene = await newScene();
      const chats = await Promise.all(Array.from({ length: 5 }, () => scene.chat()));
      const { id } = chats[0]!.conversation;
      const all = steps.map((one) => ({ ...one, chat: 0 }));
      const read = async (after: number): Promise<Message[]> => scene.store.messages(id, after, 1_000);
      const merged = (...parts: Message[][]): Message[] => [...new Map(parts.flat().map((one) => [one.id, one])).values()].sort((a, b) => a.index - b.index);
      const first = await read(0);
      const early = await play(scene, all.slice(0, cut), chats);
      const held = await read(0);
      const after = Math.max(...held.map(({ seq }) => seq));
      const late = await play(scene, all.slice(cut), chats);
      const truth = await read(0);
      expect(truth.map(({ index }) => index)).toEqual(truth.map((_, i) => i + 1));
      expect(merged(held, await read(after))).toEqual(truth);
      // A visitor who writes after an archive begins another conversation, told of by the same acts.
      const told = [...early.messages, ...late.messages].filter((one) => one.conversationId === id);
      expect(merged(first, told)).toEqual(truth);
      expect(await scene.store.conversation(id)).toMatchObject({ messageCount: truth.length, messageSeq: Math.max(...truth.map(({ seq }) => seq)) });
    }), { numRuns: 12 });
  });

  test('feedback and the answer to an offer give a message a new seq, so it comes again to who held it', async () => {
    const scene = await newScene();
    const { visitor, conversation } = await scene.chat();
    const { meter } = conversation;
    const offer = { messageId: '', turnsLeft: 2, expiresAt: scene.at + 10 * MINUTE };
    const made = conversationOf(await scene.turn(conversation, 1, 'answer', decided('offer', { meter: { ...meter, offer } })));
    const [, answer] = await scene.store.messages(conversation.id, 0, 10);
    const messageId = made.meter.offer!.messageId as never;
    const rated = done(await scene.visit(visitor, { type: 'visitor.feedback', messageId: answer!.id, value: 'up' }));
    expect(rated.commit?.stream).toMatchObject({ from: made.messageSeq, messages: [{ id: answer!.id, index: 2, feedback: 'up' }] });
    expect(await scene.store.messages(conversation.id, made.messageSeq, 10)).toMatchObject([{ id: answer!.id, feedback: 'up' }]);
    const { messageSeq } = conversationOf(rated);
    done(await scene.visit(visitor, { type: 'visitor.offer', messageId, accept: true }));
    expect(await scene.store.messages(conversation.id, messageSeq, 10)).toMatchObject([{ id: messageId, index: 3, offer: { answer: 'accepted' } }, { kind: 'happened', what: { type: 'queued' } }]);
  });

  test('the newest are given when there are more than asked for, and notes never', async () => {
    const scene = await newScene();
    const { visitor, conversation } = await scene.chat();
    done(await scene.act(scene.sam, conversation, { type: 'note.add', text: 'for the team' }, newMessageId()));
    for (let i = 2; i <= 6; i++) done(await scene.say(visitor, `line ${i}`));
    expect((await scene.store.messages(conversation.id, 0, 3)).map(({ index }) => index)).toEqual([4, 5, 6]);
    expect(JSON.stringify(await scene.store.messages(conversation.id, 0, 100))).not.toContain('for the team');
    expect(await scene.store.notes(conversation.id)).toMatchObject([{ text: 'for the team', by: { id: scene.sam.id, name: 'Sam' } }]);
  });
}
