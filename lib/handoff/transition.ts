import type { MessageId } from '#lib/protocol/ids.ts';
import { botAct } from './bot-act.ts';
import { botOwnAct } from './bot-own-act.ts';
import { refuse, type Context, type Outcome } from './change.ts';
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
    case 'webhook':
      if (context.conversation.botId !== what.botId) return refuse('not_found', 'There is no such conversation.');
      return what.act.type === 'bot.turn' ? botAct(context, what.act) : botOwnAct(context, what.act);
    case 'clock': return clockAct(context, what.act);
    case 'member': return memberAct(context, what.actor, what.act, id as MessageId);
  }
}
