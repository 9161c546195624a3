import { decide } from '#lib/handoff/decide.ts';
import type { BotAct } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { MessageId } from '#lib/protocol/ids.ts';
import type { Message, Said } from '#lib/protocol/message.ts';
import type { Bot as Settings } from '#lib/protocol/settings.ts';
import type { BotTurn } from './bot.ts';
import { withoutPromise } from './guard.ts';
import { turnSignals } from './turn.ts';

/**
 * What a bot's turn does, whichever way it came: a promise in it is taken away (law 3), the rules read the visitor's words
 * beside it, and `decide` has the last one.
 * @param transcript everything since `detectFrom`, oldest first, up to and including the message
 * @param said null when the bot gave none
 */
export function turnAct(bot: Settings, { meter }: Pick<Conversation, 'meter'>, message: Pick<Said, 'text' | 'index'>, transcript: readonly Message[], said: BotTurn | null, { now, replyId }: { now: number; replyId: MessageId }): BotAct {
  const turn = said && withoutPromise(said);
  const signals = turnSignals(message.text, transcript, turn, bot.detection?.policies ?? []);
  const reply = turn?.reply ? { id: replyId, text: turn.reply.text, sources: turn.reply.sources.map(({ id, title }) => ({ id, title })) } : null;
  const decision = decide(meter, { type: 'turn', signals }, bot.handoff, now);
  return { type: 'bot.turn', index: message.index, reply, decision, signals, engine: turn?.engine ?? null, degraded: turn?.degraded ?? false };
}
