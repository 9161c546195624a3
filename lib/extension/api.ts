import type { AuditPage, AuditQuery } from '#lib/protocol/audit.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { BotId, ConversationId } from '#lib/protocol/ids.ts';
import type { ConversationPage, ConversationQuery, HttpError } from '#lib/protocol/http.ts';
import type { KnowledgeProposal } from '#lib/protocol/knowledge.ts';
import { TurnList, type TurnRecord } from '#lib/protocol/turn.ts';
import { readCredentials } from './credentials.ts';

const DEADLINE_MS = 15_000;

function search(query: Partial<ConversationQuery> | Partial<AuditQuery>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '') params.set(key, String(value));
  return params.toString();
}

/**
 * One request to the paired companion, as this member. Whoever brings a signal of their own says when it has taken too long.
 * @throws Error whose message is for the person: not paired, unreachable, or the companion's own refusal
 */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const credentials = await readCredentials();
  if (!credentials) throw new Error('This browser is not connected to a companion. Connect it on the Connection page.');
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${credentials.token}`);
  const response = await fetch(credentials.address + path, { ...init, headers, signal: init.signal ?? AbortSignal.timeout(DEADLINE_MS) })
    .catch((error: unknown) => { throw new Error(`The companion at ${credentials.address} could not be reached.`, { cause: error }); });
  if (response.ok) return response;
  const refused = await response.json().catch(() => null) as HttpError | null;
  throw new Error(refused?.message ?? `The companion answered ${response.status} to ${path}.`);
}

/** The server behind the cache: one page of conversations, newest first. @throws as `request` */
export async function listConversations(query: Partial<ConversationQuery>): Promise<ConversationPage> {
  return await (await request(`/api/conversations?${search(query)}`)).json() as ConversationPage;
}

/** The same filter as CSV. @throws as `request` */
export async function exportConversations(query: Partial<ConversationQuery>): Promise<Blob> {
  const { limit: _limit, before: _before, ...filter } = query;
  return (await request(`/api/conversations.csv?${search(filter)}`)).blob();
}

/** The audit log, newest first. @throws as `request` */
export async function listAudit(query: Partial<AuditQuery>): Promise<AuditPage> {
  return await (await request(`/api/audit?${search(query)}`)).json() as AuditPage;
}

/** Everything the companion keeps of this conversation's visitor, as JSON. @throws as `request` */
export async function exportVisitor({ botId, visitor }: Pick<Conversation, 'botId' | 'visitor'>): Promise<Blob> {
  return (await request(`/api/visitors/${encodeURIComponent(botId)}/${encodeURIComponent(visitor.id)}`)).blob();
}

/** An answer to be the bot's, once a lead or an admin accepts it. @throws as `request` */
export async function proposeKnowledge(botId: BotId, proposal: KnowledgeProposal): Promise<void> {
  await request(`/api/bots/${botId}/knowledge/proposals`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(proposal) });
}

/** How the bot came to each of its turns, oldest first. @throws as `request` */
export async function listTurns(id: ConversationId): Promise<TurnRecord[]> {
  return TurnList.parse(await (await request(`/api/conversations/${encodeURIComponent(id)}/turns`)).json()).turns;
}
