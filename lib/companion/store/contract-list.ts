import { expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { BotId, KnowledgeId } from '#lib/protocol/ids.ts';
import type { ConversationQuery } from '#lib/protocol/http.ts';
import { conversationOf, done, type Scene } from './contract-scene.ts';

type NewScene = () => Promise<Scene>;

async function pages(scene: Scene, query: Omit<ConversationQuery, 'before'>): Promise<string[][]> {
  const found: string[][] = [];
  for (let before: number | undefined; ;) {
    const page = await scene.store.list(scene.ws, { ...query, ...(before === undefined ? {} : { before }) });
    found.push(page.conversations.map(({ id }) => id));
    if (!page.more) return found;
    before = page.conversations.at(-1)!.lastAt;
  }
}

/** The server behind the cache. */
export function listContract(newScene: NewScene): void {
  test('filters by status, bot and channel, newest first', async () => {
    const scene = await newScene();
    const other = BotId.parse(uuid());
    done(await scene.manage(scene.admin, { type: 'bot.add', botId: other, name: 'Wren' }));
    const [a, b, c] = [scene.visitor(), scene.visitor(other), { ...scene.visitor(), channel: 'playground' as const }];
    const ids: string[] = [];
    for (const visitor of [a, b, c]) {
      scene.at += 1;
      ids.push(conversationOf(await scene.say(visitor, 'hi')).id);
    }
    done(await scene.visit(a, { type: 'visitor.escalate' }));
    const list = async (query: Partial<ConversationQuery>): Promise<number[]> => (await scene.store.list(scene.ws, { limit: 10, ...query })).conversations.map(({ id }) => ids.indexOf(id));
    expect((await list({})).toSorted()).toEqual([0, 1, 2]);
    expect((await list({ status: 'open' }))).toEqual([2, 1]);
    expect(await list({ status: 'escalated' })).toEqual([0]);
    expect(await list({ botId: other })).toEqual([1]);
    expect(await list({ channel: 'playground' })).toEqual([2]);
    expect(await list({ channel: 'widget', status: 'open' })).toEqual([1]);
    expect(await list({ status: 'archived' })).toEqual([]);
  });

  test('finds text in any message, in the name and in the e-mail, whatever its case', async () => {
    const scene = await newScene();
    const { visitor, conversation } = await scene.chat('Where is my PARCEL?');
    await scene.chat('something else');
    for (let i = 0; i < 5; i++) done(await scene.say(visitor, `newer ${i}`));
    done(await scene.visit(visitor, { type: 'visitor.email', email: 'Kim@Example.com' }));
    for (const text of ['parcel', 'newer 2', 'kim@example', conversation.visitor.name.toLowerCase()]) {
      expect((await scene.store.list(scene.ws, { text, limit: 10 })).conversations.map(({ id }) => id), text).toContain(conversation.id);
    }
    expect((await scene.store.list(scene.ws, { text: 'parcel', limit: 10 })).conversations).toHaveLength(1);
    expect((await scene.store.list(scene.ws, { text: 'unheard of', limit: 10 })).conversations).toEqual([]);
  });

  test('paging by lastAt gives every conversation once, also where many share a millisecond', async () => {
    const scene = await newScene();
    const ids: string[] = [];
    for (const many of [1, 320, 3, 7, 1, 1]) {
      scene.at += 1;
      ids.push(...(await Promise.all(Array.from({ length: many }, () => scene.chat()))).map(({ conversation }) => conversation.id));
    }
    for (const limit of [2, 5, 200]) {
      const found = (await pages(scene, { limit })).flat();
      expect(found.length, `limit ${limit}`).toBe(ids.length);
      expect(new Set(found)).toEqual(new Set(ids));
    }
    expect((await pages(scene, { limit: 2, status: 'open' })).flat()).toHaveLength(ids.length);
    expect((await pages(scene, { limit: 1 })).slice(0, 3).map(({ length }) => length)).toEqual([1, 1, 7]);
  });
}

export function knowledgeContract(newScene: NewScene): void {
  test('knowledge is added, replaced by id and listed per bot', async () => {
    const scene = await newScene();
    const other = BotId.parse(uuid());
    const entry = (botId: BotId, title: string) => ({ id: KnowledgeId.parse(uuid()), botId, kind: 'faq' as const, title, text: 'Text', file: null, at: scene.at });
    const [a, b, c] = [entry(scene.botId, 'A'), entry(scene.botId, 'B'), entry(other, 'C')];
    await scene.store.addKnowledge([]);
    await scene.store.addKnowledge([a, b, c]);
    await scene.store.addKnowledge([{ ...a, title: 'A2' }]);
    const titles = async (id: BotId): Promise<string[]> => (await scene.store.knowledge(id)).map(({ title }) => title).toSorted();
    expect(await titles(scene.botId)).toEqual(['A2', 'B']);
    expect(await titles(other)).toEqual(['C']);
  });

  test('a change of knowledge is whole or not at all: of several made of the same state one is done, and the bot of another is not touched', async () => {
    const scene = await newScene();
    const other = BotId.parse(uuid());
    const entry = (botId: BotId, title: string, at = scene.at) => ({ id: KnowledgeId.parse(uuid()), botId, kind: 'faq' as const, title, text: 'Text', file: 'a.csv', at });
    const [a, b, c] = [entry(scene.botId, 'A'), entry(scene.botId, 'B'), entry(other, 'C')];
    await scene.store.addKnowledge([a, b, c]);
    const marks = new Set([await scene.store.knowledgeMark(scene.botId)]);
    const held = async (id = scene.botId): Promise<string[]> => (await scene.store.knowledge(id)).map(({ title }) => title).toSorted();
    const [mark = ''] = marks;
    const tries = await Promise.all(['D', 'E', 'F', 'G'].map((title, n) => scene.store.changeKnowledge(scene.botId, mark, { put: [entry(scene.botId, title, scene.at + 1), { ...b, text: title, at: scene.at + 1 + n }], remove: [a.id, c.id] })));
    expect(tries.filter(Boolean)).toHaveLength(1);
    const done = ['D', 'E', 'F', 'G'][tries.indexOf(true)]!;
    expect(await held()).toEqual(['B', done]);
    expect((await scene.store.knowledge(scene.botId)).find(({ id }) => id === b.id)?.text).toBe(done);
    expect(await held(other)).toEqual(['C']);
    // Every change changes the mark, an edit and a removal too.
    marks.add(await scene.store.knowledgeMark(scene.botId));
    for (const change of [{ put: [{ ...b, text: 'edited', at: scene.at + 9 }], remove: [] }, { put: [], remove: [b.id] }, { put: [entry(scene.botId, 'H', scene.at + 10)], remove: [] }, { put: [], remove: (await scene.store.knowledge(scene.botId)).map(({ id }) => id) }]) {
      expect(await scene.store.changeKnowledge(scene.botId, await scene.store.knowledgeMark(scene.botId), change)).toBe(true);
      marks.add(await scene.store.knowledgeMark(scene.botId));
    }
    expect(marks.size).toBe(6);
    await scene.under.reopen();
    expect(marks).toContain(await scene.store.knowledgeMark(scene.botId));
  });
}
