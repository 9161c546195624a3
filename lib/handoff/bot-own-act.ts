import { Draftbook, refuse, type Context, type Outcome } from './change.ts';
import { decide } from './decide.ts';
import { escalate } from './escalate.ts';
import { offer, settle } from './offer.ts';
import type { BotOwnAct } from './op.ts';
import { PHRASES } from './phrases.ts';

/** Law 1 holds for what the bot does of its own accord too: it may only while it has the floor. */
export function botOwnAct(context: Context, act: BotOwnAct): Outcome {
  const book = new Draftbook(context);
  const { floor, status } = book.conversation;
  if (floor !== 'bot') return refuse('bot_has_floor', 'The team has this conversation.');
  if (status === 'archived') return refuse('wrong_state', 'This conversation is archived.');
  if (act.type === 'bot.person') return status === 'resolved' ? refuse('wrong_state', 'This conversation is resolved; the visitor has not written since.') : person(book, act.act);
  book.add({ kind: 'said', id: act.id, author: { kind: 'bot', name: context.bot.name }, text: act.text, ...(act.sources.length > 0 ? { sources: act.sources } : {}) });
  return book.done();
}

function person(book: Draftbook, what: Extract<BotOwnAct, { type: 'bot.person' }>['act']): Outcome {
  const { bot, now, newId } = book.context;
  const { meter, status } = book.conversation;
  if (!bot.handoff.enabled) return refuse('handoff_off', 'Handoff is off for this bot. An admin switches it on: Options, Bots, Edit, Support.');
  // Who was told that nobody is there is not asked again whether they want somebody.
  if (status === 'escalated') return refuse('wrong_state', 'This conversation is on the team’s list already.');
  const decision = decide(meter, { type: 'bot', act: what }, bot.handoff, now);
  if (decision.action === 'silent') return refuse('wrong_state', notNow(bot.handoff.mode));
  if (decision.settled) settle(book, meter, decision.settled);
  book.set({ meter: decision.meter });
  if (decision.action === 'offer') offer(book, newId(), PHRASES.offerPlain, decision.reasons[0]?.code ?? 'policy');
  if (decision.action === 'point') book.add({ kind: 'said', id: newId(), author: { kind: 'bot', name: bot.name }, text: PHRASES.point, point: 'button' });
  if (decision.action === 'escalate') escalate(book, decision.trigger ?? 'policy', decision.reasons);
  return book.done();
}

const notNow = (mode: 'button' | 'auto' | 'both'): string => (mode === 'button'
  ? 'This bot is in Button mode: it makes no offers, the button is there all the time.'
  : 'A person was offered already and the visitor did not want one, or has not answered yet. Offer again after a few more of their messages.');
