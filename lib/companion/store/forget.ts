import { createHash } from 'node:crypto';
import { must } from '#lib/base/must.ts';
import { auditOfDeletion } from '#lib/handoff/audit.ts';
import { refuse } from '#lib/handoff/change.ts';
import type { Actor, Op } from '#lib/handoff/op.ts';
import { isPastRetention } from '#lib/handoff/retention.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { BotId, VisitorId } from '#lib/protocol/ids.ts';
import { isAllowed } from '#lib/protocol/permission.ts';
import { appendAudit } from './append-audit.ts';
import type { Ground } from './ground.ts';
import type { Committed } from './store.ts';

/** What a tombstone keeps of a visitor: enough to know their browser again, and nobody else. */
export const visitorMark = (botId: BotId, visitorId: VisitorId): string => createHash('sha256').update(`${botId} ${visitorId}`).digest('base64url');

/** A browser whose visitor was deleted must begin anew: under the old id it would say again what was never acknowledged. */
export const isDeletedVisitor = (ground: Ground, { visitor: { botId, visitorId } }: Extract<Op, { kind: 'visitor' }>): boolean =>
  ground.visitor(botId, visitorId) === null && ground.wasDeleted(botId, visitorId);

/** Everything of one visitor. A second time there is nothing left, which is what was asked for. */
export function runVisitorDelete(ground: Ground, op: Extract<Op, { kind: 'workspace' }>, { botId, visitorId }: { botId: BotId; visitorId: VisitorId }): Committed {
  const workspace = must(ground.workspace(op.workspaceId), 'workspace');
  if (!isAllowed(op.actor.role, 'visitor.delete', workspace.agentsMaySwitch)) return refuse('forbidden', 'Your role may not do this.');
  if (!ground.bot(botId, op.workspaceId)) return refuse('not_found', 'There is no such bot.');
  return remove(ground, op, ground.talks(botId, visitorId), { botId, visitorId, actor: op.actor });
}

/** What the clock found; each is looked at again, since its visitor may have written meanwhile. */
export function runRetention(ground: Ground, op: Extract<Op, { kind: 'retention' }>): Committed {
  const workspace = must(ground.workspace(op.workspaceId), 'workspace');
  const past = op.conversations.flatMap(({ id }) => {
    const one = ground.conversation(id);
    return one && ground.bot(one.botId, op.workspaceId) && isPastRetention(one, workspace, op.now) ? [one] : [];
  });
  return remove(ground, op, past, null);
}

function remove(ground: Ground, op: Op, doomed: Conversation[], asked: { botId: BotId; visitorId: VisitorId; actor: Actor } | null): Committed {
  const { workspaceId } = op;
  const from = ground.head(workspaceId);
  const rows = doomed.map((one): FeedRow => {
    const row = { id: one.id, seq: ground.next(workspaceId), at: op.now };
    ground.removeConversation(row, one, workspaceId);
    return { kind: 'gone', row };
  });
  const visitors = new Map(doomed.map((one) => [`${one.botId} ${one.visitor.id}`, one]));
  let left = 0;
  for (const { botId, visitor } of visitors.values()) {
    if (ground.talks(botId, visitor.id).length > 0) left += 1;
    else ground.removeVisitor(botId, visitor.id);
  }
  const deleted = { conversations: doomed.length, messages: doomed.reduce((sum, one) => sum + one.messageCount, 0), visitors: visitors.size - left };
  if (rows.length > 0) appendAudit(ground, workspaceId, [auditOfDeletion(asked?.actor ?? null, asked, deleted)], op.now);
  const commit = rows.length > 0 ? { workspaceId, from, to: ground.head(workspaceId), rows, stream: null } : null;
  return { ok: true, commit, conversation: null, message: null, note: null, result: {} };
}
