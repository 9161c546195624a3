import type { Change, Draft } from '#lib/handoff/change.ts';
import type { Op } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { Message, Note } from '#lib/protocol/message.ts';
import type { Writer } from './run-op.ts';
import { body } from './sql.ts';
import type { Committed } from './store.ts';
import { saveVisitor } from './visitor.ts';

/**
 * Writes what a transition wants: messages get their index and seq, changed messages a new seq, notes a seq, and the
 * conversation the highest. Its row itself is written once per batch, from the cache.
 */
export function writeChange(writer: Writer, op: Exclude<Op, { kind: 'workspace' }>, before: Conversation, change: Change): Committed {
  const { cache, seqs } = writer;
  const { workspaceId } = op;
  const from = seqs.head(workspaceId);
  const isSame = change.messages.length + change.notes.length + change.patches.length === 0
    && (change.conversation === before || JSON.stringify(change.conversation) === JSON.stringify(before));
  if (isSame) return { ok: true, commit: null, conversation: before.seq > 0 ? before : null, message: null, note: null, result: {} };
  const place = { conversationId: before.id, at: op.now };
  const added = change.messages.map((draft, i) => addMessage(writer, draft, { ...place, index: before.messageCount + 1 + i, seq: seqs.next(workspaceId) }));
  const patched = change.patches.flatMap((patch) => patchMessage(writer, before, patch, () => seqs.next(workspaceId)));
  const notes = change.notes.map((draft): Note => ({ ...draft, ...place, seq: seqs.next(workspaceId) }));
  for (const note of notes) {
    writer.sql('insert into note (id, workspace, conversation, seq, body) values (?, ?, ?, ?, ?)').run(note.id, workspaceId, before.id, note.seq, JSON.stringify(note));
  }
  const messages = [...added, ...patched];
  const messageSeq = messages.reduce((highest, message) => Math.max(highest, message.seq), before.messageSeq);
  const conversation: Conversation = { ...change.conversation, messageSeq, seq: seqs.next(workspaceId) };
  cache.put(conversation, workspaceId);
  if (op.kind === 'visitor' && before.seq === 0) saveVisitor(writer, op, conversation);
  const rows: FeedRow[] = [...notes.map((row): FeedRow => ({ kind: 'note', row })), { kind: 'conversation', row: conversation }];
  return {
    ok: true, conversation, result: {},
    message: added.find((message) => message.kind === 'said') ?? null, note: notes[0] ?? null,
    commit: { workspaceId, from, to: conversation.seq, rows,
      stream: messages.length > 0 ? { conversationId: before.id, from: before.messageSeq, to: messageSeq, messages } : null },
  };
}

function addMessage({ sql }: Writer, draft: Draft, place: Pick<Message, 'conversationId' | 'at' | 'index' | 'seq'>): Message {
  const message: Message = { ...draft, ...place };
  sql('insert into message (id, conversation, idx, seq, body) values (?, ?, ?, ?, ?)').run(message.id, message.conversationId, message.index, message.seq, JSON.stringify(message));
  return message;
}

function patchMessage({ sql }: Writer, conversation: Conversation, patch: Change['patches'][number], next: () => number): Message[] {
  const found = body<Message>(sql('select body from message where id = ? and conversation = ?').get(patch.id, conversation.id));
  if (found?.kind !== 'said') return [];
  const message: Message = { ...found, ...patch.set, seq: next() };
  sql('update message set seq = ?, body = ? where id = ?').run(message.seq, JSON.stringify(message), message.id);
  return [message];
}

/** The columns a conversation is searched by, and its record. */
export function storeConversation({ sql }: Writer, workspaceId: string, conversation: Conversation): void {
  const { id, botId, channel, status, claim, floor, escalation, lastAt, resolvedAt, owed, seq } = conversation;
  sql(`insert or replace into conversation (id, workspace, bot, channel, status, claimed, floor, escalated_at, last_at, resolved_at, claim_active_at, owed, seq, body)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(id, workspaceId, botId, channel, status, claim ? 1 : 0, floor, escalation?.at ?? null, lastAt, resolvedAt,
    claim?.activeAt ?? null, owed?.first ?? null, seq, JSON.stringify(conversation));
}
