import { ConversationId } from '#lib/protocol/ids.ts';
import { TurnId } from '#lib/protocol/webhook.ts';

/** Made of what the turn is about, so that whoever asks again, after a restart or on another node, asks for the same turn. */
export const turnIdOf = (conversationId: ConversationId, index: number): TurnId => TurnId.parse(`turn_${conversationId}_${index}`);

export function readTurnId(turnId: TurnId): { conversationId: ConversationId; index: number } {
  const end = turnId.lastIndexOf('_');
  return { conversationId: ConversationId.parse(turnId.slice('turn_'.length, end)), index: Number(turnId.slice(end + 1)) };
}
