import { MINUTE } from '#lib/base/time.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';

/** A bot that said "later" has this long, ms; then the embedded bot answers. */
export const LATER_MS = MINUTE;

/** `taken`: somebody else ended the turn; `late`: it is time to answer without the bot; null: wait on. */
export type WaitEnd = 'taken' | 'late';

/** Turns whose answer comes by another way, each with what to look at when its conversation moves. */
export interface Waits {
  /** Something happened to the conversation. */
  look(id: ConversationId): void;
  /**
   * @param check asked at once and whenever something happened. A fault of it is the caller's
   * @param ms then it is late
   */
  wait(id: ConversationId, check: () => Promise<WaitEnd | null>, ms: number, signal: AbortSignal): Promise<WaitEnd>;
}

export function createWaits(): Waits {
  const looks = new Map<ConversationId, () => void>();
  return {
    look: (id) => looks.get(id)?.(),
    wait: (id, check, ms, signal) => new Promise<WaitEnd>((resolve, reject) => {
      let isOver = false;
      const end = (settle: () => void): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        looks.delete(id);
        settle();
      };
      const stop = (): void => end(() => resolve('taken'));
      const timer = setTimeout(() => end(() => resolve('late')), ms);
      const look = (): void => { check().then((ended) => { if (ended) end(() => resolve(ended)); }, (error: Error) => end(() => reject(error))); };
      signal.addEventListener('abort', stop);
      looks.set(id, look);
      look();
    }),
  };
}
