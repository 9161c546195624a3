import { agentLabel } from './availability.ts';
import { refuse, type Draftbook, type Refused } from './change.ts';
import type { Actor } from './op.ts';

/**
 * Law 6: compare-and-set. Takes the floor with the claim, so the bot is silent from this very commit. Null when the
 * actor now owns it (also when they did before), or a refusal that names the winner.
 */
export function claim(book: Draftbook, actor: Actor): Refused | null {
  const { now, bot } = book.context;
  const { claim: held, status, escalation, messageCount } = book.conversation;
  if (held?.memberId === actor.id) return null;
  if (held) return refuse('taken', `${held.name} claimed this first.`, { by: held.name });
  if (status === 'resolved' || status === 'archived') return refuse('wrong_state', `This conversation is ${status}. Reopen it first.`);
  book.set({
    status: 'escalated', floor: 'team', owed: null, claim: { memberId: actor.id, name: actor.name, at: now, activeAt: now },
    escalation: (status === 'escalated' ? escalation : null) ?? { trigger: 'agent', reasons: [{ code: 'agent', evidence: actor.name }], at: now, index: messageCount, shown: 'queued' },
  });
  book.happened({ type: 'joined', label: agentLabel(bot) });
  return null;
}
