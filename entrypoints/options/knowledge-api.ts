import { request } from '#lib/extension/api.ts';
import { KnowledgeAdded, KnowledgeLearning, KnowledgeList, UnansweredList, type KnowledgeAdd, type KnowledgeEdit, type KnowledgeEntry, type Unanswered } from '#lib/protocol/knowledge.ts';
import type { BotId, KnowledgeId } from '#lib/protocol/ids.ts';

const path = (botId: BotId): string => `/api/bots/${botId}/knowledge`;
const json = (method: 'POST' | 'PUT', body: unknown): RequestInit => ({ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** Everything the bot answers from, and what is proposed. @throws as `request` */
export async function listKnowledge(botId: BotId): Promise<KnowledgeEntry[]> {
  return KnowledgeList.parse(await (await request(path(botId))).json()).entries;
}

/** Bad files come back by name with their reason; the rest is kept. @throws as `request` */
export async function addKnowledge(botId: BotId, body: KnowledgeAdd): Promise<KnowledgeAdded> {
  return KnowledgeAdded.parse(await (await request(path(botId), json('POST', body))).json());
}

/** @throws as `request`, also when somebody changed it since `at` */
export async function saveKnowledge(botId: BotId, id: KnowledgeId, edit: KnowledgeEdit): Promise<void> {
  await request(`${path(botId)}/${id}`, json('PUT', edit));
}

/** @throws as `request` */
export async function acceptKnowledge(botId: BotId, id: KnowledgeId, edit: KnowledgeEdit): Promise<void> {
  await request(`${path(botId)}/${id}/accept`, json('POST', edit));
}

/** @throws as `request` */
export async function removeKnowledge(botId: BotId, id: KnowledgeId): Promise<void> {
  await request(`${path(botId)}/${id}`, { method: 'DELETE' });
}

/** Resolves when the bot has learnt what it is to answer from. @throws as `request` */
export async function learnt(botId: BotId): Promise<void> {
  for (;;) if (!KnowledgeLearning.parse(await (await request(`${path(botId)}/learning`)).json()).learning) return;
}

/** What visitors asked and the bot could not answer. @throws as `request` */
export async function listUnanswered(botId: BotId): Promise<Unanswered[]> {
  return UnansweredList.parse(await (await request(`/api/bots/${botId}/unanswered`)).json()).questions;
}
