import { assertNever } from '#lib/base/assert-never.ts';
import { MINUTE, SECOND } from '#lib/base/time.ts';
import { isAtLeast } from '#lib/protocol/permission.ts';
import { auditOfRelease } from './audit.ts';
import { agentLabel } from './availability.ts';
import { backToBot } from './back-to-bot.ts';
import { Draftbook, refuse, type Context, type Outcome } from './change.ts';
import { claim } from './claim.ts';
import { freshMeter } from './meter.ts';
import type { Actor, ClockAct, ConversationCommand, DraftAct } from './op.ts';
import type { MessageId } from '#lib/protocol/ids.ts';

/** Typing says "I am at it" no finer than this, so that a draft does not write a row per key. */
const DRAFT_EVERY_MS = 30 * SECOND;

/** @param id the command's id: it becomes the id of a message or note */
export function memberAct(context: Context, actor: Actor, act: ConversationCommand | DraftAct, id: MessageId): Outcome {
  const book = new Draftbook(context);
  switch (act.type) {
    case 'message.send': return send(book, actor, act, id);
    case 'note.add': return book.note(act.text, { id: actor.id, name: actor.name }, id).set(signOfWork(book, actor)).done();
    case 'conversation.claim': return claim(book, actor) ?? book.done();
    case 'conversation.release': return release(book, actor);
    case 'conversation.return': return giveBack(book, actor);
    case 'conversation.resolve': return resolve(book, actor);
    case 'conversation.reopen': return reopen(book, actor);
    case 'conversation.archive': return archive(book);
    case 'member.draft': return draft(book, actor);
    default: return assertNever(act);
  }
}

function send(book: Draftbook, actor: Actor, act: Extract<ConversationCommand, { type: 'message.send' }>, id: MessageId): Outcome {
  const { team, claim: held, messageCount } = book.conversation;
  const unseen = team.find((one) => one.memberId !== actor.id && one.index > act.seen);
  if (unseen && !act.force) return refuse('held', `${unseen.name} replied while you were writing.`, { by: unseen.name, count: messageCount });
  if (act.claim) {
    const lost = claim(book, actor);
    if (lost) return lost;
  } else if (held?.memberId !== actor.id) {
    return held ? refuse('taken', `${held.name} has this conversation.`, { by: held.name }) : refuse('not_yours', 'Claim this conversation before you reply.');
  }
  const author = { kind: 'agent' as const, id: actor.id, name: actor.name, label: agentLabel(book.context.bot) };
  const index = book.add({ kind: 'said', id, author, text: act.text });
  book.set({ team: [...team.filter((one) => one.memberId !== actor.id), { memberId: actor.id, name: actor.name, index }] });
  return book.set(signOfWork(book, actor)).done();
}

function signOfWork(book: Draftbook, actor: Actor): Partial<Draftbook['conversation']> {
  const { claim: held } = book.conversation;
  return held?.memberId === actor.id ? { claim: { ...held, activeAt: book.context.now } } : {};
}

function draft(book: Draftbook, actor: Actor): Outcome {
  const { claim: held } = book.conversation;
  if (held && book.context.now - held.activeAt < DRAFT_EVERY_MS) return book.done();
  return book.set(signOfWork(book, actor)).done();
}

/** An act on somebody else's claim is a lead's. */
function notTheirs(book: Draftbook, actor: Actor): Outcome | null {
  const { claim: held } = book.conversation;
  if (!held || held.memberId === actor.id || isAtLeast(actor.role, 'lead')) return null;
  return refuse('not_yours', `Only ${held.name} or a lead can do this.`, { by: held.name });
}

function release(book: Draftbook, actor: Actor): Outcome {
  const { claim: held } = book.conversation;
  if (!held) return book.done();
  const no = notTheirs(book, actor);
  if (no) return no;
  if (held.memberId !== actor.id) book.audit.push(auditOfRelease(actor, book.conversation.id, held));
  const whose = held.memberId === actor.id ? `Released by ${actor.name}.` : `Released from ${held.name} by ${actor.name}.`;
  return book.set({ claim: null }).note(whose).happened({ type: 'left', label: agentLabel(book.context.bot) }).done();
}

function giveBack(book: Draftbook, actor: Actor): Outcome {
  if (book.conversation.status !== 'escalated') return refuse('wrong_state', 'The bot is answering this conversation already.');
  return notTheirs(book, actor) ?? backToBot(book, 'agent').done();
}

function resolve(book: Draftbook, actor: Actor): Outcome {
  const { status } = book.conversation;
  if (status === 'resolved') return book.done();
  if (status === 'archived') return refuse('wrong_state', 'This conversation is archived.');
  const no = notTheirs(book, actor);
  if (no) return no;
  book.set({ status: 'resolved', floor: 'bot', claim: null, owed: null, meter: freshMeter(), resolvedAt: book.context.now, resolvedBy: { id: actor.id, name: actor.name } });
  book.happened({ type: 'resolved' });
  return book.set({ detectFrom: book.conversation.messageCount }).done();
}

function reopen(book: Draftbook, actor: Actor): Outcome {
  const { status } = book.conversation;
  if (status !== 'resolved' && status !== 'archived') return refuse('wrong_state', 'This conversation is not closed.');
  book.set({ status: 'open', escalation: null, resolvedAt: null, resolvedBy: null }).happened({ type: 'reopened' });
  return claim(book, actor) ?? book.done();
}

function archive(book: Draftbook): Outcome {
  const { status } = book.conversation;
  if (status === 'archived') return book.done();
  if (status !== 'resolved') return refuse('wrong_state', 'Resolve this conversation before you archive it.');
  return book.set({ status: 'archived' }).done();
}

/** What time alone does. The caller finds candidates; the rule is checked again here, in the transaction. */
export function clockAct(context: Context, act: ClockAct): Outcome {
  const book = new Draftbook(context);
  const { claim: held, status, resolvedAt } = book.conversation;
  const { claimIdleMs, archiveAfterMs } = context.workspace;
  if (act.type === 'clock.archive') {
    const due = archiveAfterMs > 0 && status === 'resolved' && resolvedAt !== null && context.now - resolvedAt >= archiveAfterMs;
    return due ? book.set({ status: 'archived' }).done() : book.done();
  }
  if (!held || claimIdleMs === 0 || context.now - held.activeAt < claimIdleMs) return book.done();
  const minutes = Math.max(1, Math.round(claimIdleMs / MINUTE));
  return book.set({ claim: null }).note(`Released from ${held.name}: no reply for ${minutes} min.`)
    .happened({ type: 'left', label: agentLabel(context.bot) }).done();
}
