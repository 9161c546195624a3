import { uuid } from '#lib/base/uuid.ts';
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
 * What a bot's turn does, whichever way it came: the rules read the visitor's words beside it, and `decide` has the last one.
 * @param transcript everything since `detectFrom`, oldest first, up to and including the message
 * @param given null when the bot gave none
 * @param replyId under which the reply grew, if it did
 */
export function turnAct(bot: Settings, { meter }: Conversation, message: Said, transcript: Message[], given: BotTurn | null, now: number, replyId = uuid(now) as MessageId): BotAct {
  const turn = given && withoutPromise(given);
  const signals = turnSignals(message.text, transcript, turn, bot.detection?.policies ?? []);
  const reply = turn?.reply ? { id: replyId, text: turn.reply.text, sources: turn.reply.sources.map(({ id, title }) => ({ id, title })) } : null;
  const decision = decide(meter, { type: 'turn', signals }, bot.handoff, now);
  return { type: 'bot.turn', index: message.index, reply, decision, signals, engine: turn?.engine ?? null, degraded: turn?.degraded ?? false };
}
