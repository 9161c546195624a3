import { falsePromise } from '#lib/detect/false-promise.ts';
import type { BotTurn } from './bot.ts';

/** Law 3: a reply that claims what nobody has decided is taken away, whichever engine wrote it. The embedded bot's words are the admin's own. */
export function withoutPromise(turn: BotTurn): BotTurn {
  if (turn.engine === 'embedded' || !turn.reply || falsePromise(turn.reply.text) === null) return turn;
  return { ...turn, reply: null, promised: true };
}
