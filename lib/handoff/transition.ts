import type { MessageId } from '#lib/protocol/ids.ts';
import { botAct } from './bot-act.ts';
import type { Context, Outcome } from './change.ts';
import { clockAct, memberAct } from './member-act.ts';
import type { ConversationAct } from './op.ts';
import { visitorAct } from './visitor-act.ts';

/**
 * The conversation's state machine (PRODUCT.md section 2), as one pure function: what an act makes of a conversation,
 * or why it may not. Every store runs this inside the transaction that writes the result.
 * @param id the client's id of the act
 */
export function transition(context: Context, what: ConversationAct, id: string): Outcome {
  switch (what.by) {
    case 'visitor': return visitorAct(context, what.act);
    case 'bot': return botAct(context, what.act);
    case 'clock': return clockAct(context, what.act);
    case 'member': return memberAct(context, what.actor, what.act, id as MessageId);
  }
}
