import type { Reason, Trigger } from '#lib/protocol/conversation.ts';
import { offlineMessage, whyUnreachable } from './availability.ts';
import type { Draftbook } from './change.ts';

/**
 * Law 2: the one way into `escalated`. Marks the conversation and tells the visitor, in the same change, either that a
 * person will join or that nobody is there. Called again while it stands, it changes nothing, except that a visitor who
 * saw the offline message and asks again once people are back joins the queue.
 */
export function escalate(book: Draftbook, trigger: Trigger, reasons: Reason[]): void {
  const { bot, connected, now } = book.context;
  const shown = whyUnreachable(bot, connected.length) === null ? 'queued' : 'offline';
  const standing = book.conversation.status === 'escalated' ? book.conversation.escalation : null;
  if (standing) {
    if (standing.shown === 'queued' && book.conversation.floor === 'team') return;
    if (book.conversation.claim) return;
    if (shown === 'offline') {
      // Went back to the assistant, asks again, and by now nobody is there: say so.
      if (standing.shown === 'queued') book.set({ escalation: { ...standing, shown } }).happened({ type: 'offline', text: offlineMessage(bot) });
      return;
    }
    book.set({ floor: 'team', owed: null, escalation: { ...standing, shown } }).happened({ type: 'queued' });
    return;
  }
  book.set({
    status: 'escalated', claim: null, resolvedAt: null, resolvedBy: null,
    escalation: { trigger, reasons, at: now, index: book.conversation.messageCount, shown },
  });
  if (shown === 'queued') book.set({ floor: 'team', owed: null }).happened({ type: 'queued' });
  else book.set({ floor: 'bot' }).happened({ type: 'offline', text: offlineMessage(bot) });
}
