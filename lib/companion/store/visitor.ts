import { uuid } from '#lib/base/uuid.ts';
import { freshMeter } from '#lib/handoff/meter.ts';
import type { Op } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import { ConversationId } from '#lib/protocol/ids.ts';
import type { Ground } from './ground.ts';

/** Somebody who knows a visitor's id but not the secret. Asked before anything else, retries included. */
export function isStranger(ground: Ground, op: Extract<Op, { kind: 'visitor' }>): boolean {
  const known = ground.visitor(op.visitor.botId, op.visitor.visitorId);
  return known !== null && known.secretHash !== op.visitor.secretHash;
}

/**
 * The visitor's current conversation; the first act makes visitor and conversation, and one after an archive makes a
 * new conversation. A fresh one has seq 0: it is not stored until its first change is.
 */
export function findVisitorConversation(ground: Ground, op: Extract<Op, { kind: 'visitor' }>): Conversation | null {
  const { visitor } = op;
  if (!ground.bot(visitor.botId, op.workspaceId)) return null;
  const known = ground.visitor(visitor.botId, visitor.visitorId);
  const current = known ? ground.conversation(known.conversationId) : null;
  if (current && current.status !== 'archived') return current;
  return {
    id: ConversationId.parse(uuid(op.now)), seq: 0, botId: visitor.botId, channel: visitor.channel,
    visitor: { id: visitor.visitorId, name: `Visitor ${visitor.visitorId.slice(-3).toUpperCase()}`, language: visitor.language }, page: visitor.page,
    status: 'open', floor: 'bot', claim: null, escalation: null, email: null, createdAt: op.now, lastAt: op.now, messageCount: 0, messageSeq: 0,
    team: [], last: null, resolvedAt: null, resolvedBy: null, detectFrom: 0, meter: freshMeter(), owed: null,
  };
}

/** Remembers which conversation is the visitor's current one. */
export function saveVisitor(ground: Ground, op: Extract<Op, { kind: 'visitor' }>, conversation: Conversation): void {
  const { visitorId, botId, secretHash } = op.visitor;
  ground.putVisitor(botId, visitorId, { secretHash, conversationId: conversation.id });
}
