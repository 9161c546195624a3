import type { Change, Draft } from '#lib/handoff/change.ts';
import type { Op } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { Message, Note } from '#lib/protocol/message.ts';
import { appendAudit } from './append-audit.ts';
import type { Ground } from './ground.ts';
import type { Committed } from './store.ts';
import { saveVisitor } from './visitor.ts';

/**
 * Writes what a transition wants: messages get their index and seq, changed messages a new seq, notes a seq, and the
 * conversation the highest.
 */
export function writeChange(ground: Ground, op: Extract<Op, { kind: 'conversation' | 'visitor' }>, before: Conversation, change: Change): Committed {
  const { workspaceId } = op;
  const from = ground.head(workspaceId);
  const isSame = change.messages.length + change.notes.length + change.patches.length === 0
    && (change.conversation === before || JSON.stringify(change.conversation) === JSON.stringify(before));
  if (isSame) return { ok: true, commit: null, conversation: before.seq > 0 ? before : null, message: null, note: null, result: {} };
  const place = { conversationId: before.id, at: op.now };
  const added = change.messages.map((draft, i) => addMessage(ground, draft, { ...place, index: before.messageCount + 1 + i, seq: ground.next(workspaceId) }));
  const patched = change.patches.flatMap((patch) => patchMessage(ground, before, patch, () => ground.next(workspaceId)));
  const notes = change.notes.map((draft): Note => ({ ...draft, ...place, seq: ground.next(workspaceId) }));
  for (const note of notes) ground.addNote(note, workspaceId);
  const messages = [...added, ...patched];
  const messageSeq = messages.reduce((highest, message) => Math.max(highest, message.seq), before.messageSeq);
  const conversation: Conversation = { ...change.conversation, messageSeq, seq: ground.next(workspaceId) };
  ground.putConversation(conversation, workspaceId);
  if (change.turn) ground.putTurn(change.turn, before.botId);
  appendAudit(ground, workspaceId, change.audit, op.now);
  if (op.kind === 'visitor' && before.seq === 0) saveVisitor(ground, op, conversation);
  const rows: FeedRow[] = [...notes.map((row): FeedRow => ({ kind: 'note', row })), { kind: 'conversation', row: conversation }];
  return {
    ok: true, conversation, result: {},
    message: added.find((message) => message.kind === 'said') ?? null, note: notes[0] ?? null,
    commit: { workspaceId, from, to: conversation.seq, rows,
      stream: messages.length > 0 ? { conversationId: before.id, from: before.messageSeq, to: messageSeq, messages } : null },
  };
}

function addMessage(ground: Ground, draft: Draft, place: Pick<Message, 'conversationId' | 'at' | 'index' | 'seq'>): Message {
  const message: Message = { ...draft, ...place };
  ground.putMessage(message);
  return message;
}

function patchMessage(ground: Ground, conversation: Conversation, patch: Change['patches'][number], next: () => number): Message[] {
  const found = ground.message(patch.id);
  if (found?.kind !== 'said' || found.conversationId !== conversation.id) return [];
  const message: Message = { ...found, ...patch.set, seq: next() };
  ground.putMessage(message);
  return [message];
}
