import { assertNever } from '#lib/base/assert-never.ts';
import type { Happening } from '#lib/protocol/message.ts';

/** The line between messages, for the team. */
export function happenedWords(what: Happening): string {
  switch (what.type) {
    case 'queued': return 'Escalated';
    case 'offline': return `Escalated while nobody was available. The visitor saw: “${what.text}”`;
    case 'joined': return `${what.label} joined`;
    case 'left': return `${what.label} left`;
    case 'returned': return what.by === 'visitor' ? 'The visitor went back to the assistant' : 'Returned to the bot';
    case 'resolved': return 'Resolved';
    case 'reopened': return 'Reopened';
    case 'email': return `Left an e-mail: ${what.email}`;
    default: return assertNever(what);
  }
}
