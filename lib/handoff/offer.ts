import type { MessageId } from '#lib/protocol/ids.ts';
import type { Draftbook } from './change.ts';

/** Appends the offer and remembers it on the meter, so that it can lapse. */
export function offer(book: Draftbook, id: MessageId, text: string, reason: string): void {
  const { bot } = book.context;
  book.add({ kind: 'said', id, author: { kind: 'bot', name: bot.name }, text, offer: { reason, answer: null } });
  const { meter } = book.conversation;
  if (meter.offer) book.set({ meter: { ...meter, offer: { ...meter.offer, messageId: id } } });
}
