import type { Draftbook } from './change.ts';
import { freshMeter } from './meter.ts';

/** The team's stretch ends: the bot has the floor again and the detector reads only what comes from here on. */
export function backToBot(book: Draftbook, by: 'visitor' | 'agent'): Draftbook {
  book.set({ status: 'open', floor: 'bot', claim: null, escalation: null, meter: freshMeter(), owed: null });
  book.happened({ type: 'returned', by });
  return book.set({ detectFrom: book.conversation.messageCount });
}
