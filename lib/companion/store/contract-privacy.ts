import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY } from '#lib/base/time.ts';
import { uuid } from '#lib/base/uuid.ts';
import type { VisitorRef } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import { KnowledgeId } from '#lib/protocol/ids.ts';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import { conversationOf, done, keyOf, newMessageId, refusal, type Scene } from './contract-scene.ts';
import type { Committed } from './store.ts';

type NewScene = () => Promise<Scene>;
type Chat = { visitor: VisitorRef; conversation: Conversation };
const CANARY = 'CANARY-7719';

const remove = (scene: Scene, { botId, visitorId }: VisitorRef, actor = scene.admin, id?: string): Promise<Committed> => scene.manage(actor, { type: 'visitor.delete', botId, visitorId }, id);
const expire = (scene: Scene, chats: Chat[]): Promise<Committed> => scene.store.commit({ workspaceId: scene.ws, id: uuid(), now: scene.at, connected: [], kind: 'retention',
  conversations: chats.map(({ visitor, conversation }) => ({ id: conversation.id, botId: visitor.botId, visitorId: visitor.visitorId })) });
const keepFor = async (scene: Scene, deleteAfterMs: number): Promise<Committed> => scene.manage(scene.admin, { type: 'workspace.save', settings: { ...await scene.store.workspace(scene.ws), deleteAfterMs } });
async function finish(scene: Scene, { conversation }: Chat, archived = false): Promise<void> {
  done(await scene.act(scene.lead, conversation, { type: 'conversation.resolve' }));
  if (archived) done(await scene.act(scene.lead, conversation, { type: 'conversation.archive' }));
}
/** What a client holds that applied these rows. */
function held(rows: FeedRow[], before = new Map<string, FeedRow>()): Map<string, FeedRow> {
  for (const one of rows) {
    if (one.kind !== 'gone') { before.set(keyOf(one), one); continue; }
    for (const [key, other] of before) if (other.row.id === one.row.id || (other.kind === 'note' && other.row.conversationId === one.row.id)) before.delete(key);
  }
  return before;
}

/** Answers that were proposed from a conversation quote its visitor. */
export function proposalsContract(newScene: NewScene): void {
  test('what was proposed from a deleted conversation goes with it; other proposals and what was accepted stay', async () => {
    const scene = await newScene();
    const [one, other] = [await scene.chat(CANARY), await scene.chat('stays')];
    const entry = (id: string): KnowledgeEntry => ({ id: KnowledgeId.parse(id), botId: scene.botId, kind: 'faq', title: 'x', text: 'x', file: null, at: scene.at });
    const kept = [entry(`${other.conversation.id}_ab`), entry(uuid())];
    await scene.store.addKnowledge([entry(`${one.conversation.id}_ab`), entry(`${one.conversation.id}_-c`), ...kept]);
    done(await remove(scene, one.visitor));
    expect((await scene.store.knowledge(scene.botId)).map(({ id }) => id).toSorted()).toEqual(kept.map(({ id }) => id).toSorted());
  });
}

/** Deletion of a visitor: what goes, what stays, and who is told. */
export function deletionContract(newScene: NewScene): void {
  test('all of a visitor goes in one commit and leaves a row that says so; others stay', async () => {
    const scene = await newScene();
    const one = await scene.chat(CANARY);
    await finish(scene, one, true);
    const second = conversationOf(await scene.say(one.visitor, `${CANARY} again`));
    done(await scene.act(scene.sam, second, { type: 'note.add', text: CANARY }));
    done(await scene.visit(one.visitor, { type: 'visitor.email', email: `${CANARY}@example.com` }));
    const other = await scene.chat('stays');
    const before = await scene.store.head(scene.ws);
    const { commit } = done(await remove(scene, one.visitor));
    expect(commit).toMatchObject({ from: before, to: before + 2, stream: null });
    expect(commit?.rows.map(({ kind, row }) => [kind, row.id]).toSorted()).toEqual([['gone', one.conversation.id], ['gone', second.id]].toSorted());
    for (const { id } of [one.conversation, second]) {
      expect(await scene.store.conversation(id)).toBeNull();
      expect(await scene.store.messages(id, 0, 100)).toEqual([]);
      expect(await scene.store.notes(id)).toEqual([]);
    }
    expect(await scene.store.visitorConversations(one.visitor.botId, one.visitor.visitorId)).toEqual([]);
    expect((await scene.store.feed(scene.ws, before, 10)).rows).toEqual(commit?.rows);
    const all = JSON.stringify([await scene.store.feed(scene.ws, 0, 1_000), await scene.store.snapshot(scene.ws, 1_000), await scene.store.list(scene.ws, { limit: 100 }), await scene.store.due(scene.ws, scene.at), await scene.store.auditLog(scene.ws, { limit: 100 })]);
    expect(all).not.toContain(CANARY);
    expect((await scene.store.snapshot(scene.ws, 1_000)).rows.filter(({ kind }) => kind === 'gone')).toEqual([]);
    expect((await scene.store.list(scene.ws, { limit: 10 })).conversations.map(({ id }) => id)).toEqual([other.conversation.id]);
    expect(conversationOf(await scene.say(other.visitor, 'still here')).id).toBe(other.conversation.id);
  });

  test('deleting twice is deleting once, by the same id or another; only an admin may, and only with a bot of theirs', async () => {
    const scene = await newScene();
    const { visitor, conversation } = await scene.chat(CANARY);
    for (const actor of [scene.sam, scene.lead]) expect(refusal(await remove(scene, visitor, actor))).toBe('forbidden');
    expect(refusal(await remove(scene, { ...visitor, botId: 'elsewhere' as never }))).toBe('not_found');
    expect(await scene.store.conversation(conversation.id)).not.toBeNull();
    const id = uuid();
    expect(done(await remove(scene, visitor, scene.admin, id)).commit).not.toBeNull();
    expect(done(await remove(scene, visitor, scene.admin, id)).commit).toBeNull();
    expect(done(await remove(scene, visitor)).commit).toBeNull();
  });

  test('what comes late finds nothing and brings nothing back: the visitor’s own browser, a reply, a note, a turn of the bot, the clock', async () => {
    const scene = await newScene();
    const { visitor, conversation } = await scene.chat(CANARY);
    const said = newMessageId();
    done(await scene.say(visitor, `${CANARY} two`, said));
    done(await remove(scene, visitor));
    const head = await scene.store.head(scene.ws);
    expect(refusal(await scene.say(visitor, `${CANARY} two`, said))).toBe('not_found');
    expect(refusal(await scene.visit(visitor, { type: 'visitor.escalate' }))).toBe('not_found');
    expect(refusal(await scene.reply(scene.sam, conversation, 'Hello?', uuid(), { claim: true }))).toBe('not_found');
    expect(refusal(await scene.act(scene.sam, conversation, { type: 'note.add', text: 'x' }))).toBe('not_found');
    expect(refusal(await scene.turn(conversation, 1, 'An answer'))).toBe('not_found');
    expect(refusal(await scene.tick(conversation, 'clock.archive'))).toBe('not_found');
    expect(await scene.store.visitorConversation(visitor.botId, visitor.visitorId, visitor.secretHash)).toBe('gone');
    expect(await scene.store.head(scene.ws)).toBe(head);
    expect(await scene.store.visitorConversation(visitor.botId, scene.visitor().visitorId, visitor.secretHash)).toBeNull();
  });

}

/** Deletion while everything else goes on. */
export function deletionOrderContract(newScene: NewScene): void {
  test('deleted among whatever else is under way: nothing of it is left, in any order', async () => {
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray(['say', 'escalate', 'reply', 'note', 'delete', 'email', 'turn'], { minLength: 7 }), async (order) => {
      const scene = await newScene();
      const { visitor, conversation } = await scene.chat(CANARY);
      const acts: Record<string, () => Promise<Committed>> = {
        say: () => scene.say(visitor, CANARY), escalate: () => scene.visit(visitor, { type: 'visitor.escalate' }), reply: () => scene.reply(scene.sam, conversation, CANARY, uuid(), { claim: true }),
        note: () => scene.act(scene.mia, conversation, { type: 'note.add', text: CANARY }), delete: () => remove(scene, visitor),
        email: () => scene.visit(visitor, { type: 'visitor.email', email: `${CANARY}@example.com` }), turn: () => scene.turn(conversation, 1, CANARY),
      };
      await Promise.all(order.map((one) => acts[one]!()));
      const rows = [...(await scene.store.feed(scene.ws, 0, 1_000)).rows, ...(await scene.store.snapshot(scene.ws, 1_000)).rows];
      expect(JSON.stringify([rows, await scene.store.messages(conversation.id, 0, 100), await scene.store.notes(conversation.id)])).not.toContain(CANARY);
    }), { numRuns: 12 });
  });

  test('every history with deletions: whoever resumes from anywhere holds what a new client holds', async () => {
    const step = fc.record({ act: fc.constantFrom('say', 'note', 'escalate', 'resolve', 'delete', 'new'), chat: fc.nat(4) });
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 16 }), fc.array(step, { maxLength: 16 }), fc.constantFrom(1, 3, 1_000), async (early, late, limit) => {
      const scene = await newScene();
      const chats = await Promise.all(Array.from({ length: 5 }, () => scene.chat()));
      const play = async (steps: typeof early): Promise<void> => {
        for (const { act, chat } of steps) {
          const { visitor, conversation } = chats[chat]!;
          if (act === 'say') await scene.say(visitor, 'line');
          if (act === 'note') await scene.act(scene.sam, conversation, { type: 'note.add', text: 'note' });
          if (act === 'escalate') await scene.visit(visitor, { type: 'visitor.escalate' });
          if (act === 'resolve') await scene.act(scene.lead, conversation, { type: 'conversation.resolve' });
          if (act === 'delete') await remove(scene, visitor);
          if (act === 'new') chats[chat] = await scene.chat();
        }
      };
      await play(early);
      const middle = await scene.store.snapshot(scene.ws, 1_000);
      await play(late);
      const truth = held((await scene.store.snapshot(scene.ws, 1_000)).rows);
      expect(held((await scene.feedFrom(0, limit)).rows)).toEqual(truth);
      expect(held((await scene.feedFrom(middle.to, limit)).rows, held(middle.rows))).toEqual(truth);
    }), { numRuns: 12 });
  });
}

/** What time deletes. */
export function retentionContract(newScene: NewScene): void {
  test('finished conversations past their time are found, oldest first, and deleted; open, escalated and younger ones never, whatever is asked', async () => {
    const scene = await newScene();
    const chats = await Promise.all(Array.from({ length: 6 }, (_, i) => scene.chat(`chat ${i}`)));
    const [open, escalated, resolved, archived] = chats as [Chat, Chat, Chat, Chat, Chat, Chat];
    done(await scene.visit(escalated.visitor, { type: 'visitor.escalate' }));
    await finish(scene, resolved);
    await finish(scene, archived, true);
    scene.at += 20 * DAY;
    const young = await scene.chat('young');
    await finish(scene, young);
    expect((await scene.store.due(scene.ws, scene.at + 1_000 * DAY)).forget).toEqual([]);
    done(await keepFor(scene, 30 * DAY));
    scene.at += 10 * DAY;
    const { forget } = await scene.store.due(scene.ws, scene.at);
    expect(forget.map(({ id }) => id).toSorted()).toEqual([resolved.conversation.id, archived.conversation.id].toSorted());
    const { commit } = done(await expire(scene, [...chats, young]));
    expect(commit?.rows.map(({ row }) => row.id).toSorted()).toEqual(forget.map(({ id }) => id).toSorted());
    for (const { conversation } of [open, escalated, young]) expect(await scene.store.conversation(conversation.id)).not.toBeNull();
    expect(await scene.store.visitorConversation(resolved.visitor.botId, resolved.visitor.visitorId, resolved.visitor.secretHash)).toBe('gone');
    expect((await scene.store.auditLog(scene.ws, { limit: 1 })).entries).toMatchObject([{ by: { id: 'system' }, what: 'retention', before: { conversations: 2, visitors: 2 } }]);
    expect(done(await expire(scene, chats)).commit).toBeNull();
  });

  test('a visitor of whom something is left stays who they are; one who wrote meanwhile keeps their conversation', async () => {
    const scene = await newScene();
    const chat = await scene.chat('old');
    await finish(scene, chat, true);
    const busy = await scene.chat('busy');
    await finish(scene, busy);
    done(await keepFor(scene, DAY));
    scene.at += 2 * DAY;
    const now = conversationOf(await scene.say(chat.visitor, 'new'));
    const found = (await scene.store.due(scene.ws, scene.at)).forget.map(({ id }) => id);
    expect(found).toContain(busy.conversation.id);
    done(await scene.say(busy.visitor, 'one more thing'));
    done(await expire(scene, [chat, busy]));
    expect(await scene.store.conversation(chat.conversation.id)).toBeNull();
    expect(await scene.store.visitorConversation(chat.visitor.botId, chat.visitor.visitorId, chat.visitor.secretHash)).toMatchObject({ id: now.id });
    expect(conversationOf(await scene.say(chat.visitor, 'and on')).id).toBe(now.id);
    expect(await scene.store.conversation(busy.conversation.id)).not.toBeNull();
  });

  test('settings saved by a client that does not know the time of deletion keep what is set', async () => {
    const scene = await newScene();
    done(await keepFor(scene, 90 * DAY));
    const { deleteAfterMs: _, ...older } = await scene.store.workspace(scene.ws);
    done(await scene.manage(scene.admin, { type: 'workspace.save', settings: { ...older, name: 'Renamed' } }));
    expect(await scene.store.workspace(scene.ws)).toMatchObject({ name: 'Renamed', deleteAfterMs: 90 * DAY });
  });
}
