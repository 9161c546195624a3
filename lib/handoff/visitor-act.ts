import { assertNever } from '#lib/base/assert-never.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { MessageId } from '#lib/protocol/ids.ts';
import { agentLabel } from './availability.ts';
import { Draftbook, refuse, type Context, type Outcome } from './change.ts';
import { decide } from './decide.ts';
import { escalate } from './escalate.ts';
import { freshMeter } from './meter.ts';
import { offer, settle, withoutOffer } from './offer.ts';
import type { VisitorAct } from './op.ts';
import { PHRASES } from './phrases.ts';
import { backToBot } from './back-to-bot.ts';

/** What a visitor's act does to their conversation. */
export function visitorAct(context: Context, act: VisitorAct): Outcome {
  const book = new Draftbook(context);
  switch (act.type) {
    case 'visitor.message': return message(book, act.id, act.text);
    case 'visitor.escalate': return request(book);
    case 'visitor.offer': return answerOffer(book, act.messageId, act.accept);
    case 'visitor.back': return back(book);
    case 'visitor.email':
      return book.set({ email: { address: act.email, at: context.now } }).happened({ type: 'email', email: act.email }).done();
    case 'visitor.feedback': return feedback(book, act.messageId, act.value);
    default: return assertNever(act);
  }
}

function message(book: Draftbook, id: MessageId, text: string): Outcome {
  const { bot, connected, now, workspace } = book.context;
  const before = book.conversation;
  const index = book.add({ kind: 'said', id, author: { kind: 'visitor' }, text });
  if (before.status === 'resolved' || before.status === 'archived') {
    const soon = before.status === 'resolved' && now - (before.resolvedAt ?? 0) <= workspace.reopenWithinMs;
    const owner = before.resolvedBy;
    if (soon && owner && bot.handoff.enabled && connected.includes(owner.id)) {
      book.set({ status: 'escalated', floor: 'team', escalation: reopened(before, now), resolvedAt: null, resolvedBy: null })
        .set({ claim: { memberId: owner.id, name: owner.name, at: now, activeAt: now } }).happened({ type: 'reopened' });
    } else if (soon && owner && bot.handoff.enabled) {
      escalate(book, 'reopened', [{ code: 'reopened' }]);
    } else {
      book.set({ status: 'open', floor: 'bot', escalation: null, resolvedAt: null, resolvedBy: null, detectFrom: before.messageCount, meter: freshMeter() });
    }
  }
  if (book.conversation.floor === 'bot') book.set({ owed: { first: book.conversation.owed?.first ?? index, last: index } });
  return book.done();
}

const reopened = (before: Conversation, now: number): Conversation['escalation'] => ({
  trigger: 'reopened', reasons: [{ code: 'reopened' }], at: now, index: before.messageCount, shown: 'queued',
});

function request(book: Draftbook): Outcome {
  if (!book.context.bot.handoff.enabled) return refuse('handoff_off', 'This chat has no people behind it at the moment.');
  escalate(book, 'button', [{ code: 'button' }]);
  return book.done();
}

function answerOffer(book: Draftbook, messageId: MessageId, accept: boolean): Outcome {
  const { bot, now } = book.context;
  if (!bot.handoff.enabled) return refuse('handoff_off', 'This chat has no people behind it at the moment.');
  const { meter } = book.conversation;
  // An offer is answered once. A late yes to one that lapsed is still a request for a person; a late no is nothing.
  if (meter.offer?.messageId === messageId) {
    const decision = decide(meter, { type: 'offer', accept }, bot.handoff, now);
    settle(book, meter, accept ? 'accepted' : 'declined');
    book.set({ meter: decision.meter });
  }
  if (accept) escalate(book, 'offer', [...meter.reasons, { code: 'offer_accepted' }]);
  return book.done();
}

function back(book: Draftbook): Outcome {
  const { status, floor, claim: held, email } = book.conversation;
  if (status !== 'escalated' || floor !== 'team') return book.done();
  if (held) return refuse('wrong_state', `${agentLabel(book.context.bot)} has joined already.`);
  // An e-mail that was left still waits for an answer, so the conversation stays on the team's list.
  if (email) return book.set({ floor: 'bot', meter: freshMeter(), detectFrom: book.conversation.messageCount }).happened({ type: 'returned', by: 'visitor' }).done();
  return backToBot(book, 'visitor').done();
}

function feedback(book: Draftbook, messageId: MessageId, value: 'up' | 'down'): Outcome {
  const { bot, now, newId } = book.context;
  const { floor, status } = book.conversation;
  book.patches.push({ id: messageId, set: { feedback: value } });
  if (floor !== 'bot' || status === 'resolved' || status === 'archived') return book.done();
  const made = decide(book.conversation.meter, { type: 'feedback', value }, bot.handoff, now);
  const decision = status === 'escalated' ? withoutOffer(made) : made;
  book.set({ meter: decision.meter });
  if (decision.action === 'clarify') book.add({ kind: 'said', id: newId(), author: { kind: 'bot', name: bot.name }, text: PHRASES.clarifyAfterFeedback });
  if (decision.action === 'offer') offer(book, newId(), PHRASES.offerAfterFeedback, decision.reasons[0]?.code ?? 'thumbs_down');
  return book.done();
}
