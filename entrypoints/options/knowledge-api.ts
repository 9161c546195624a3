import { request } from '#lib/extension/api.ts';
import { KnowledgeAdded, KnowledgeList, type KnowledgeAdd, type KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { BotId, KnowledgeId } from '#lib/protocol/ids.ts';

const path = (botId: BotId): string => `/api/bots/${botId}/knowledge`;

/** Everything the bot answers from. @throws as `request` */
export async function listKnowledge(botId: BotId): Promise<KnowledgeEntry[]> {
  return KnowledgeList.parse(await (await request(path(botId))).json()).entries;
}

/** Bad files come back by name with their reason; the rest is kept. @throws as `request` */
export async function addKnowledge(botId: BotId, body: KnowledgeAdd): Promise<KnowledgeAdded> {
  const answer = await request(path(botId), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return KnowledgeAdded.parse(await answer.json());
}

/** @throws as `request` */
export async function removeKnowledge(botId: BotId, id: KnowledgeId): Promise<void> {
  await request(`${path(botId)}/${id}`, { method: 'DELETE' });
}
