import { offlineMessage } from './availability.ts';
import { Draftbook, refuse, type Context, type Outcome } from './change.ts';
import { decide } from './decide.ts';
import { escalate } from './escalate.ts';
import type { BotAct, Decision } from './op.ts';
import { offer, settle, withoutOffer } from './offer.ts';
import { PHRASES } from './phrases.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';

/** Null for a turn whose signals nobody kept. */
function turnRecord({ conversation, bot, now }: Context, { index, signals, engine = null, degraded = false }: BotAct, { action, reasons }: Decision): TurnRecord | null {
  const { enabled, mode } = bot.handoff;
  return signals ? { conversationId: conversation.id, index, at: now, signals, meter: conversation.meter, handoff: { enabled, mode }, action, reasons, engine, degraded } : null;
}

/** Law 1: a turn commits only while the bot has the floor and still owes that message an answer; else it is dropped. */
export function botAct(context: Context, act: BotAct): Outcome {
  const book = new Draftbook(context);
  const { floor, owed, status, meter } = book.conversation;
  if (floor !== 'bot' || !owed || act.index < owed.first) return refuse('bot_has_floor', 'The bot may not speak here now.');
  // Who was told that nobody is there is not asked again whether they want somebody.
  const made = act.signals ? decide(meter, { type: 'turn', signals: act.signals }, context.bot.handoff, context.now) : act.decision;
  const decision = status === 'escalated' ? withoutOffer(made) : made;
  if (decision.settled) settle(book, meter, decision.settled);
  book.turn = turnRecord(context, act, decision);
  book.set({ meter: decision.meter, owed: act.index < owed.last ? { first: act.index + 1, last: owed.last } : null });
  const author = { kind: 'bot' as const, name: context.bot.name };
  const { action, reasons, trigger } = decision;
  const say = (text: string, point?: 'button'): void => {
    book.add({ kind: 'said', id: context.newId(), author, text, ...(point ? { point } : {}) });
  };
  // What a bot says while it asks for a person itself is for the visitor too; before what the visitor asked for it would only be in the way.
  const asksItself = reasons[0]?.code === 'policy' && act.signals?.policyHits.some(({ by }) => by === 'bot');
  if (act.reply && (action === 'answer' || action === 'clarify' || action === 'offer' || asksItself)) {
    const { id, text, sources } = act.reply;
    book.add({ kind: 'said', id, author, text, ...(sources.length > 0 ? { sources } : {}) });
  } else if (action === 'clarify') say(PHRASES.clarify);
  else if (action === 'answer') say(PHRASES.unknown);
  if (action === 'offer') offer(book, context.newId(), PHRASES.offer, reasons[0]?.code ?? 'miss');
  if (action === 'point') say(PHRASES.point, 'button');
  if (action === 'decline') say(PHRASES.handoffOff);
  if (action === 'escalate') {
    escalate(book, trigger ?? 'request', reasons);
    // Asked again in words while nobody is there: silence would be ignoring a request (law 4).
    if (book.messages.length === 0) book.happened({ type: 'offline', text: offlineMessage(context.bot) });
  }
  return book.done();
}
