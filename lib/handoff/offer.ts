import type { MessageId } from '#lib/protocol/ids.ts';
import type { Meter } from '#lib/protocol/conversation.ts';
import type { Offer } from '#lib/protocol/message.ts';
import type { Draftbook } from './change.ts';
import type { Decision } from './op.ts';

/** Appends the offer and remembers it on the meter, so that it can lapse. */
export function offer(book: Draftbook, id: MessageId, text: string, reason: string): void {
  const { bot } = book.context;
  book.add({ kind: 'said', id, author: { kind: 'bot', name: bot.name }, text, offer: { reason, answer: null } });
  const { meter } = book.conversation;
  if (meter.offer) book.set({ meter: { ...meter, offer: { ...meter.offer, messageId: id } } });
}

/** Writes on the message of the offer that stood on `meter` what became of it. */
export function settle(book: Draftbook, meter: Meter, answer: NonNullable<Offer['answer']>): void {
  if (!meter.offer?.messageId) return;
  book.patches.push({ id: meter.offer.messageId as MessageId, set: { offer: { reason: meter.reasons[0]?.code ?? 'miss', answer } } });
}

/** The decision as it is for a conversation that is escalated already: a vague request is one more request, an offer is none. */
export function withoutOffer(decision: Decision): Decision {
  if (decision.action !== 'offer') return decision;
  const meter = { ...decision.meter, offer: null };
  return { ...decision, meter, action: decision.reasons[0]?.code === 'request' ? 'escalate' : 'answer' };
}
