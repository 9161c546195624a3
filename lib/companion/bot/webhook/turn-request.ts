import type { BotId } from '#lib/protocol/ids.ts';
import type { Message } from '#lib/protocol/message.ts';
import { TurnId, type TurnRequested } from '#lib/protocol/webhook.ts';
import type { TurnContext } from '../bot.ts';
import { readTurnId } from '../turn-id.ts';

/** Of what was said before, the newest so many lines … */
const LINES_MAX = 30;
/** … and so many UTF-16 units in all. */
const TRANSCRIPT_MAX = 16_000;

type Line = TurnRequested['data']['transcript'][number];

/** Oldest first: as many of the newest lines as fit. Names of the team stay with the team. */
function linesBefore(transcript: readonly Message[], index: number): Line[] {
  const lines: Line[] = [];
  let size = 0;
  for (const message of transcript.toReversed()) {
    if (message.kind !== 'said' || message.index >= index) continue;
    size += message.text.length;
    if (lines.length >= LINES_MAX || size > TRANSCRIPT_MAX) break;
    lines.unshift({ role: message.author.kind, text: message.text, at: message.at });
  }
  return lines;
}

/** @param answerBy when a `202` has lapsed, epoch ms */
export function turnRequest(botId: BotId, context: TurnContext, now: number, answerBy: number): TurnRequested {
  const turnId = TurnId.parse(context.turnId);
  const { conversationId, index } = readTurnId(turnId);
  const at = context.transcript.find((one) => one.index === index)?.at ?? now;
  return { type: 'turn.requested', timestamp: new Date(now).toISOString(),
    data: { turnId, botId, conversationId, message: { text: context.text, at }, transcript: linesBefore(context.transcript, index), language: context.language, page: context.page ?? null, answerBy } };
}
