import { createHash } from 'node:crypto';
import { uuid } from '#lib/base/uuid.ts';
import { must } from '#lib/base/must.ts';
import { refuse } from '#lib/handoff/change.ts';
import type { ConversationAct, Op } from '#lib/handoff/op.ts';
import { transition } from '#lib/handoff/transition.ts';
import type { CommandResult, Refusal } from '#lib/protocol/command.ts';
import { MessageId } from '#lib/protocol/ids.ts';
import { isAllowed } from '#lib/protocol/permission.ts';
import { isDeletedVisitor, runRetention, runVisitorDelete } from './forget.ts';
import type { Ground } from './ground.ts';
import type { Committed } from './store.ts';
import { findVisitorConversation, isStranger } from './visitor.ts';
import { writeChange } from './write-change.ts';
import { runWorkspaceOp } from './workspace-op.ts';

const nothing = { ok: true as const, commit: null, conversation: null, message: null, note: null, result: {} };

/** The text that a message or note id stands for, when this op makes one. */
export function writtenBy(op: Op): { kind: 'message' | 'note'; id: string; text: string } | null {
  if (op.kind === 'visitor') return op.act.type === 'visitor.message' ? { kind: 'message', id: op.act.id, text: op.act.text } : null;
  if (op.kind !== 'conversation' || op.what.by !== 'member') return null;
  const { act } = op.what;
  if (act.type === 'note.add') return { kind: 'note', id: op.id, text: act.text };
  return act.type === 'message.send' ? { kind: 'message', id: op.id, text: act.text } : null;
}

/** Whose ids these are. */
export const actorOf = (op: Op): string => {
  if (op.kind === 'visitor') return `${op.visitor.botId}/${op.visitor.visitorId}`;
  if (op.kind === 'retention') return 'clock';
  if (op.kind === 'workspace') return op.actor.id;
  // ":" is in no id of ours, so it is nobody else's name.
  if (op.what.by === 'webhook') return `webhook:${op.what.botId}`;
  return op.what.by === 'member' ? op.what.actor.id : op.what.by;
};
function whatOf(op: Op): unknown {
  if (op.kind === 'visitor') return op.act;
  if (op.kind === 'retention') return op.conversations;
  return op.kind === 'workspace' ? op.command : [op.conversationId, op.what.act];
}
const digestOf = (op: Op): string => {
  const what = whatOf(op);
  return createHash('sha256').update(JSON.stringify(what)).digest('base64url');
};
/** Draft signs, bot turns and the clock are checked by the rules themselves, a visitor's message is its own memory: remembering them would only cost rows. */
export function isRemembered(op: Op): boolean {
  if (op.kind === 'visitor') return op.act.type !== 'visitor.message';
  if (op.kind !== 'conversation') return op.kind === 'workspace';
  return op.what.by === 'webhook' || (op.what.by === 'member' && op.what.act.type !== 'member.draft');
}

/** The message or note of this op's id, when there is one. */
function writtenEarlier(ground: Ground, op: Op): Committed | null {
  const own = writtenBy(op);
  const found = own && (own.kind === 'note' ? ground.note(own.id) : ground.message(own.id));
  if (!found) return null;
  const conversation = ground.conversation(found.conversationId);
  const isTheirs = op.kind === 'conversation' ? found.conversationId === op.conversationId
    : op.kind === 'visitor' && conversation?.visitor.id === op.visitor.visitorId && conversation.botId === op.visitor.botId;
  if (!isTheirs || !('text' in found) || found.text !== own.text) return refuse('id_reused', 'This id was used for another message already.');
  return 'kind' in found ? { ...nothing, conversation, message: found } : { ...nothing, conversation, note: found };
}

/** Done before? Looked up before a seq is taken, so that a retry makes no hole. */
function earlier(ground: Ground, op: Op): Committed | null {
  const written = writtenEarlier(ground, op);
  if (written) return written;
  const row = isRemembered(op) ? ground.remembered(actorOf(op), op.id) : null;
  if (!row) return null;
  const answer = JSON.parse(row.result) as Answer;
  // A call of a webhook is made anew each time it is read, so it is known by its id alone.
  if (op.kind === 'conversation' && op.what.by === 'webhook') return refused(answer) ? { ok: false, refusal: answer.refusal } : refuse('id_reused', 'This webhook-id was taken already. Nothing was done again.');
  // What was refused may be asked otherwise under the same id (sent all the same, after a look); what was done may not.
  if (row.digest !== digestOf(op)) return refused(answer) && writtenBy(op) ? null : refuse('id_reused', 'This id was used for another command already.');
  if (refused(answer)) return { ok: false, refusal: answer.refusal };
  const { conversationId, ...result } = answer;
  return { ...nothing, conversation: conversationId ? ground.conversation(conversationId) : null, result };
}

type Answer = (CommandResult & { conversationId?: string }) | { refusal: Refusal };
const refused = (answer: Answer): answer is { refusal: Refusal } => 'refusal' in answer;

/**
 * The first answer stands. Also a refusal of a member's: a copy of the same words that comes late, over a connection its
 * author has given up, must not be taken after the author was told that it was not.
 */
function remember(ground: Ground, op: Op, done: Committed): void {
  if (!isRemembered(op)) return;
  if (done.ok ? writtenBy(op) : op.kind !== 'conversation' || ground.remembered(actorOf(op), op.id)) return;
  const answer: Answer = done.ok ? { ...done.result, ...(done.conversation ? { conversationId: done.conversation.id } : {}) } : { refusal: done.refusal };
  ground.remember(actorOf(op), op.id, { digest: digestOf(op), result: JSON.stringify(answer) }, op.now);
}

/** Runs one op; what it answers is what its author hears. Throws only on a fault of the database. */
export function runOp(ground: Ground, op: Op): Committed {
  if (op.kind === 'visitor' && isStranger(ground, op)) return refuse('forbidden', 'This conversation belongs to somebody else.');
  if (op.kind === 'visitor' && isDeletedVisitor(ground, op)) return refuse('not_found', 'This conversation was deleted. Reload the page to start a new one.');
  const before = earlier(ground, op);
  if (before) return before;
  const done = run(ground, op);
  remember(ground, op, done);
  return done;
}

function run(ground: Ground, op: Op): Committed {
  if (op.kind === 'retention') return runRetention(ground, op);
  if (op.kind !== 'workspace') return runConversationOp(ground, op);
  return op.command.type === 'visitor.delete' ? runVisitorDelete(ground, op, op.command) : runWorkspaceOp(ground, op, op.command);
}

function runConversationOp(ground: Ground, op: Extract<Op, { kind: 'conversation' | 'visitor' }>): Committed {
  const workspace = must(ground.workspace(op.workspaceId), 'workspace');
  const found = op.kind === 'visitor' ? findVisitorConversation(ground, op) : ground.conversation(op.conversationId);
  const bot = found && ground.bot(found.botId, op.workspaceId);
  if (!found || !bot) return refuse('not_found', 'There is no such conversation.');
  if (op.kind === 'conversation' && op.what.by === 'member' && op.what.act.type !== 'member.draft' && !isAllowed(op.what.actor.role, op.what.act.type, workspace.agentsMaySwitch)) {
    return refuse('forbidden', 'Your role may not do this.');
  }
  const what: ConversationAct = op.kind === 'visitor' ? { by: 'visitor', act: op.act } : op.what;
  const context = { conversation: found, bot, workspace, connected: op.connected, now: op.now, newId: () => MessageId.parse(uuid(op.now)) };
  const outcome = transition(context, what, op.id);
  if (!outcome.ok) return outcome;
  return writeChange(ground, op, found, outcome);
}
