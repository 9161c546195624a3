import { detectRequest } from '#lib/detect/explicit-request.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';
import type { Store } from '../store/store.ts';

/** A turn that its bot is at, and what happens to the conversation meanwhile. */
export interface TurnUnderWay {
  /** The bot has lost the floor, or the turn was taken another way: whatever it says is dropped. */
  left: AbortSignal;
  /** A person is asked for behind this turn: it must not wait for a bot (law 4). */
  hurry: AbortSignal;
  /** Something happened to the conversation. */
  look(): Promise<void>;
}

/** @param index of the message the turn answers; @param readMax newest messages looked at */
export function createTurnUnderWay(store: Pick<Store, 'conversation' | 'messages'>, id: ConversationId, index: number, readMax: number): TurnUnderWay {
  const [left, hurry] = [new AbortController(), new AbortController()];
  return {
    left: left.signal, hurry: hurry.signal,
    async look() {
      const conversation = await store.conversation(id);
      if (conversation?.floor !== 'bot' || !conversation.owed || conversation.owed.first > index) return left.abort();
      if (conversation.owed.last <= index) return;
      const newer = (await store.messages(id, 0, readMax)).filter((one) => one.index > index);
      if (newer.some((one) => one.kind === 'said' && one.author.kind === 'visitor' && detectRequest(one.text).strength === 'explicit')) hurry.abort();
    },
  };
}
