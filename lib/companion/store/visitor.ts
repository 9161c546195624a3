import { uuid } from '#lib/base/uuid.ts';
import { freshMeter } from '#lib/handoff/meter.ts';
import type { Op } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import { ConversationId } from '#lib/protocol/ids.ts';
import type { Writer } from './run-op.ts';
import type { Sql } from './sql.ts';

interface VisitorRow { secret_hash: string; conversation: string }

const visitorRow = (sql: Sql, { visitor }: Extract<Op, { kind: 'visitor' }>): VisitorRow | undefined =>
  sql('select secret_hash, conversation from visitor where id = ? and bot = ?').get(visitor.visitorId, visitor.botId) as VisitorRow | undefined;

/** Somebody who knows a visitor's id but not the secret. Asked before anything else, retries included. */
export function isStranger({ sql }: Writer, op: Extract<Op, { kind: 'visitor' }>): boolean {
  const known = visitorRow(sql, op);
  return known !== undefined && known.secret_hash !== op.visitor.secretHash;
}

/**
 * The visitor's current conversation; the first act makes visitor and conversation, and one after an archive makes a
 * new conversation. A fresh one has seq 0: it is not stored until its first change is.
 */
export function findVisitorConversation({ sql, cache }: Writer, op: Extract<Op, { kind: 'visitor' }>): Conversation | null {
  const { visitor } = op;
  if (!cache.bot(visitor.botId, op.workspaceId)) return null;
  const known = visitorRow(sql, op);
  const current = known ? cache.conversation(known.conversation) : null;
  if (current && current.status !== 'archived') return current;
  return {
    id: ConversationId.parse(uuid(op.now)), seq: 0, botId: visitor.botId, channel: visitor.channel,
    visitor: { id: visitor.visitorId, name: `Visitor ${visitor.visitorId.slice(-3).toUpperCase()}`, language: visitor.language }, page: visitor.page,
    status: 'open', floor: 'bot', claim: null, escalation: null, email: null, createdAt: op.now, lastAt: op.now, messageCount: 0, messageSeq: 0,
    team: [], last: null, resolvedAt: null, resolvedBy: null, detectFrom: 0, meter: freshMeter(), owed: null,
  };
}

/** Remembers which conversation is the visitor's current one. */
export function saveVisitor({ sql }: Writer, op: Extract<Op, { kind: 'visitor' }>, conversation: Conversation): void {
  const { visitorId, botId, secretHash } = op.visitor;
  sql('insert into visitor (id, bot, secret_hash, conversation) values (?, ?, ?, ?) on conflict (id, bot) do update set conversation = excluded.conversation')
    .run(visitorId, botId, secretHash, conversation.id);
}
