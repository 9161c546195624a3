import { GOOD_ANSWER } from '#lib/handoff/weigh.ts';
import type { AuditEntry } from '#lib/protocol/audit.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Gone } from '#lib/protocol/feed.ts';
import type { BotId, VisitorId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Message, Note } from '#lib/protocol/message.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';
import type { AuditEnd } from '../audit/chain.ts';

/** A command that was done: `digest` of what was asked, `result` as JSON. */
export interface Remembered { digest: string; result: string }
export interface VisitorRow { secretHash: string; conversationId: string }

/**
 * What one op stands on inside the transaction: rows as of now, and where its writes go. The rules above it are the same
 * for every store (run-op.ts); an implementation may read rows on demand (SQLite) or have fetched them before (PostgreSQL).
 */
export interface Ground {
  workspace(id: WorkspaceId): Workspace | null;
  /** Null also for a bot of another workspace: nothing crosses workspaces. */
  bot(id: BotId, workspaceId: WorkspaceId): Bot | null;
  bots(workspaceId: WorkspaceId): Bot[];
  members(workspaceId: WorkspaceId): Member[];
  /** Whether the id belongs to another workspace already. */
  isForeign(kind: 'bot' | 'member', id: string, workspaceId: WorkspaceId): boolean;
  conversation(id: string): Conversation | null;
  visitor(botId: BotId, visitorId: VisitorId): VisitorRow | null;
  message(id: string): Message | null;
  note(id: string): Note | null;
  remembered(actor: string, id: string): Remembered | null;
  /** All conversations of a visitor. */
  talks(botId: BotId, visitorId: VisitorId): Conversation[];
  /** A conversation of theirs was deleted; they may still have others. */
  wasDeleted(botId: BotId, visitorId: VisitorId): boolean;
  lastAudit(workspaceId: WorkspaceId): AuditEnd | null;

  head(workspaceId: WorkspaceId): number;
  /** Takes the next seq. */
  next(workspaceId: WorkspaceId): number;
  putWorkspace(row: Workspace): void;
  putBot(row: Bot, workspaceId: WorkspaceId): void;
  putMember(row: Member, workspaceId: WorkspaceId): void;
  putConversation(row: Conversation, workspaceId: WorkspaceId): void;
  putVisitor(botId: BotId, visitorId: VisitorId, row: VisitorRow): void;
  /** A new message, or the new state of one that is there. */
  putMessage(row: Message): void;
  addNote(row: Note, workspaceId: WorkspaceId): void;
  putTurn(row: TurnRecord, botId: BotId): void;
  remember(actor: string, id: string, row: Remembered, at: number): void;
  /** The conversation with its messages, notes, turns and the proposals made from it (ids of lib/companion/knowledge/propose.ts); `row` stays in the feed. */
  removeConversation(row: Gone, conversation: Conversation, workspaceId: WorkspaceId): void;
  /** With what is remembered of their commands. */
  removeVisitor(botId: BotId, visitorId: VisitorId): void;
  addAudit(row: AuditEntry, workspaceId: WorkspaceId): void;
}

/** The columns a turn is searched by: `missed`, a question nobody could answer. */
export function turnColumns({ conversationId, index, at, signals, action }: TurnRecord) {
  const { promised, answerable, smallTalk, request } = signals;
  const missed = promised || (!smallTalk && request.strength === 'none' && answerable < GOOD_ANSWER.weak && action !== 'silent');
  return { conversation: conversationId, idx: index, at, missed: missed ? 1 : 0 };
}

/** The columns a conversation is searched by. */
export function conversationColumns({ id, botId, visitor, channel, status, claim, floor, escalation, lastAt, resolvedAt, owed, seq }: Conversation) {
  return {
    id, bot: botId, visitor: visitor.id, channel, status, claimed: claim ? 1 : 0, floor, escalated_at: escalation?.at ?? null, last_at: lastAt,
    resolved_at: resolvedAt, claim_active_at: claim?.activeAt ?? null, owed: owed?.first ?? null, seq,
  };
}
