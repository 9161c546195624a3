import type { AuditDraft, AuditPage, AuditQuery } from '#lib/protocol/audit.ts';
import type { CommandResult, Refusal } from '#lib/protocol/command.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { ConversationPage, ConversationQuery } from '#lib/protocol/http.ts';
import type { BotId, ConversationId, KnowledgeId, MemberId, VisitorId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { Message, Note } from '#lib/protocol/message.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';
import type { Due, Op } from '#lib/handoff/op.ts';

/** What one op wrote: what the bus tells everyone. Rows hold their newest state; `from` < every seq ≤ `to`. */
export interface Commit {
  workspaceId: WorkspaceId; from: number; to: number;
  rows: FeedRow[];
  /** New or changed messages of one conversation: `from` < every message seq ≤ `to` of that conversation's stream. */
  stream: { conversationId: ConversationId; from: number; to: number; messages: Message[] } | null;
}
/** `commit` null: the same id was done before (or nothing changed); its earlier result is given again. */
export type Committed =
  | { ok: true; commit: Commit | null; conversation: Conversation | null; message: Message | null; note: Note | null; result: CommandResult }
  | { ok: false; refusal: Refusal };

/** A browser that may act for a member. Tokens are kept as SHA-256 only. */
export interface Device {
  id: string; memberId: MemberId; tokenHash: string;
  /** Valid for 60 s after a rotation; used later, it revokes the device. */
  previousHash: string | null; rotatedAt: number;
  /** Origin seen at pairing; later connections must match. */
  origin: string; revokedAt: number | null;
}

/** An act that no op does, for the audit log: written in the transaction of what it stands beside, and only if that did something. */
export interface Audited { workspaceId: WorkspaceId; draft: AuditDraft; at: number }

/** A conversation's messages with `from` < seq ≤ `to`: the same rule as a `Commit`'s stream. */
export type Stream = NonNullable<Commit['stream']>;
/** What becomes of a bot's knowledge in one step: these entries are there (anew, or in place of those with their ids), those are not. */
export interface KnowledgeChange { put: KnowledgeEntry[]; remove: KnowledgeId[] }
/** A question without an answer. */
export interface Missed { conversationId: ConversationId; index: number; at: number; text: string }
/** A member whom a node can reach, for `leftMs` more. */
export interface Lease { memberId: MemberId; leftMs: number }

/**
 * The truth. One contract suite (contract.ts) runs on every implementation. All writes of conversations and settings go
 * through `commit`, which runs lib/handoff inside its transaction, gives out dense seqs and resolves after the commit is
 * durable. Expected outcomes are values; a rejected promise is a fault of the store.
 */
export interface Store {
  /** Changes when cursors handed out before are void. */
  readonly epoch: string;
  commit(op: Op): Promise<Committed>;
  head(workspaceId: WorkspaceId): Promise<number>;
  /** Rows with seq > after, in seq order, at most `limit`; `to` is how far they reach (= head when nothing is left). */
  feed(workspaceId: WorkspaceId, after: number, limit: number): Promise<{ rows: FeedRow[]; to: number; more: boolean }>;
  /** A new client's start: settings, members, notes of, and the newest `window` conversations (all unfinished ones first). */
  snapshot(workspaceId: WorkspaceId, window: number): Promise<{ rows: FeedRow[]; to: number }>;
  /** Of each of these conversations that has any: its messages with seq > after. */
  streams(ids: ConversationId[], after: number): Promise<Stream[]>;
  /** Messages with seq > after, by index, newest `limit` of them. */
  messages(conversationId: ConversationId, after: number, limit: number): Promise<Message[]>;
  notes(conversationId: ConversationId): Promise<Note[]>;
  conversation(id: ConversationId): Promise<Conversation | null>;
  /** The visitor's current (not archived) conversation; `denied` when the secret is not theirs, `gone` when what was kept of them was deleted. */
  visitorConversation(botId: BotId, visitorId: VisitorId, secretHash: string): Promise<Conversation | null | 'denied' | 'gone'>;
  /** All of a visitor's, oldest first. */
  visitorConversations(botId: BotId, visitorId: VisitorId): Promise<Conversation[]>;
  list(workspaceId: WorkspaceId, query: ConversationQuery): Promise<ConversationPage>;
  /** Waiting with the team's floor: place in the queue, 1 = next. */
  place(workspaceId: WorkspaceId, conversation: Conversation): Promise<number>;
  workspace(id: WorkspaceId): Promise<Workspace>;
  bots(workspaceId: WorkspaceId): Promise<Bot[]>;
  bot(id: BotId): Promise<Bot | null>;
  members(workspaceId: WorkspaceId): Promise<Member[]>;
  /** Conversations the bot owes a turn, claims idle since before `now - claimIdleMs`, resolved ones past their time, and some of those to delete. */
  due(workspaceId: WorkspaceId, now: number): Promise<{ owed: Conversation[]; release: ConversationId[]; archive: ConversationId[]; forget: Due[] }>;

  /** Appends what changes nothing else. */
  record(audited: Audited): Promise<void>;
  /** Newest first. */
  auditLog(workspaceId: WorkspaceId, query: AuditQuery): Promise<AuditPage>;

  /** How the bot came to each of its turns, oldest first. */
  turns(conversationId: ConversationId): Promise<TurnRecord[]>;
  /** What visitors asked and nobody could answer, newest first; nothing from the Playground. */
  missed(botId: BotId, limit: number): Promise<Missed[]>;

  /** Which secrets a bot has; never the secrets. */
  secretNames(botId: BotId): Promise<{ name: string; at: number }[]>;
  /** As it was sealed. */
  secret(botId: BotId, name: string): Promise<string | null>;
  /** @param sealed null: takes it away */
  putSecret(botId: BotId, name: string, sealed: string | null, audited: Audited): Promise<void>;

  knowledge(botId: BotId): Promise<KnowledgeEntry[]>;
  /** Changes whenever the bot's knowledge does, as long as each entry that is put is newer (`at`) than all there were. */
  knowledgeMark(botId: BotId): Promise<string>;
  /** Puts entries whatever is there: for a base that nobody else writes yet. */
  addKnowledge(entries: KnowledgeEntry[], audited?: Audited): Promise<void>;
  /** All of it or nothing: false, and nothing was done, when the knowledge is no more what `mark` was taken of. */
  changeKnowledge(botId: BotId, mark: string, change: KnowledgeChange, audited?: Audited): Promise<boolean>;

  addPairingCode(codeHash: string, memberId: MemberId, expiresAt: number, audited?: Audited): Promise<void>;
  /** Single use: the member whose code it is, or why not. */
  takePairingCode(codeHash: string, now: number): Promise<Member | 'unknown' | 'used' | 'expired' | 'revoked'>;
  saveDevice(device: Device, audited?: Audited): Promise<void>;
  /** By the current or the previous token. */
  deviceByHash(hash: string): Promise<{ device: Device; member: Member } | null>;
  /** Was a browser paired from this origin, and not revoked since? */
  hasDevice(origin: string): Promise<boolean>;
  revokeDevices(memberId: MemberId, now: number): Promise<void>;

  /** Replaces the leases of one node (a process; its id is random). */
  saveLeases(node: string, leases: Lease[]): Promise<void>;
  /** Those of every other node, also of one that was killed, until they run out. */
  otherLeases(node: string): Promise<Lease[]>;

  /** Makes the workspace with the defaults of PRODUCT.md section 4, unless it is there. */
  ensureWorkspace(workspace: { id: WorkspaceId; name: string }): Promise<void>;
  /** Whether this node does what one node does for all (the clock). At most one of them is told yes at a time. */
  leads(): Promise<boolean>;
  /**
   * Forgets command ids older than 30 days: no client retries that long. Embedded: rewrites the file when something was
   * deleted since it was last done, once a day at most (a large one after a start alone) (.github/design/privacy.md). For the clock, about once an hour.
   */
  prune(now: number): Promise<void>;
  close(): Promise<void>;
}
