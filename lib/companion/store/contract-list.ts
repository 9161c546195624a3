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
  test('knowledge is added, replaced by id, listed per bot and removed once', async () => {
    const scene = await newScene();
    const other = BotId.parse(uuid());
    const entry = (botId: BotId, title: string) => ({ id: KnowledgeId.parse(uuid()), botId, kind: 'faq' as const, title, text: 'Text', file: null, at: scene.at });
    const [a, b, c] = [entry(scene.botId, 'A'), entry(scene.botId, 'B'), entry(other, 'C')];
    await scene.store.addKnowledge([]);
    await scene.store.addKnowledge([a, b, c]);
    await scene.store.addKnowledge([{ ...a, title: 'A2' }]);
    const titles = async (id: BotId): Promise<string[]> => (await scene.store.knowledge(id)).map(({ title }) => title).toSorted();
    expect(await titles(scene.botId)).toEqual(['A2', 'B']);
    expect(await scene.store.removeKnowledge(other, a.id)).toBe(false);
    expect(await scene.store.removeKnowledge(scene.botId, a.id)).toBe(true);
    expect(await scene.store.removeKnowledge(scene.botId, a.id)).toBe(false);
    expect(await titles(scene.botId)).toEqual(['B']);
    expect(await titles(other)).toEqual(['C']);
  });
}
