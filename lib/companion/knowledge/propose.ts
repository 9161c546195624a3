import { createHash } from 'node:crypto';
import { KnowledgeId, type BotId } from '#lib/protocol/ids.ts';
import type { KnowledgeEntry, KnowledgeProposal } from '#lib/protocol/knowledge.ts';
import { PHRASINGS_MAX } from '#lib/protocol/limits.ts';
import { keyOf, nextAt } from './plan.ts';

/**
 * A proposal's id begins with its conversation's, so that it goes when that is deleted (Ground.removeConversation), and the same question of the
 * same conversation is one proposal. @param newId for one that is of no conversation
 */
export function proposalOf(botId: BotId, { question, answer, phrasings = [], conversationId }: KnowledgeProposal, by: string, held: readonly KnowledgeEntry[], now: number, newId: () => KnowledgeId): KnowledgeEntry {
  const of = createHash('sha256').update(keyOf(question)).digest('base64url').slice(0, 16);
  return {
    id: conversationId ? KnowledgeId.parse(`${conversationId}_${of}`) : newId(), botId, kind: 'faq', title: question, text: answer, file: null, at: nextAt(held, now),
    ...(phrasings.length > 0 ? { phrasings } : {}), proposed: { by, conversationId },
  };
}

/** The accepted words as an entry of their own, or in place of the typed one that answers the same question: never the same question twice. */
export function accepted(proposal: KnowledgeEntry, said: { title: string; text: string; phrasings: string[] }, held: readonly KnowledgeEntry[], now: number, newId: () => KnowledgeId): KnowledgeEntry {
  const { proposed: _, phrasings: __, ...rest } = proposal;
  const former = held.find((one) => !one.proposed && one.kind === 'faq' && one.file === null && keyOf(one.title) === keyOf(said.title));
  const phrasings = [...new Set([...former?.phrasings ?? [], ...said.phrasings])].filter((one) => keyOf(one) !== keyOf(said.title));
  return { ...rest, title: said.title, text: said.text, id: former?.id ?? newId(), at: nextAt(held, now), ...(phrasings.length > 0 ? { phrasings: phrasings.slice(0, PHRASINGS_MAX) } : {}) };
}
