import type { Message } from '#lib/protocol/message.ts';
import type { ClaimAnswer, Seen, Sent } from './history.ts';

/** What one client sends and is sent, as it passes. */
export interface Tap { up(text: string): void; down(text: string): void }

type Frame = { type: string; id?: string; messages?: Message[]; message?: Message | string; conversationId?: string; command?: { type: string } };
const isWritten = ({ type, command }: Frame): boolean => type === 'message' || command?.type === 'message.send' || command?.type === 'note.add';

/**
 * Keeps what everyone sent and was told, on the wire, while a run goes on.
 * @param run makes its words unlike those of any other run on the same deployment
 */
export function createRecord(run: string) {
  const sent = new Map<string, Sent>();
  const count = new Map<string, number>();
  const seen = new Map<string, Seen>();
  const record = {
    acked: new Set<string>(), claims: [] as ClaimAnswer[],
    sent: (): Sent[] => [...sent.values()], seen: (): Seen[] => [...seen.values()],
    /** The next words of an author: unlike any others, so that they can be found everywhere. */
    words(author: string, more = ''): string {
      const n = (count.get(author) ?? 0) + 1;
      count.set(author, n);
      const text = `${more}${author} says ${n} in ${run}`;
      sent.set(text, { author, n, text, refused: false });
      return text;
    },
    refused(text: string): void { sent.set(text, { ...sent.get(text)!, refused: true }); },
    tap(observer: string): Tap {
      const written = new Set<string>();
      const show = ({ conversationId, id, index }: Message): void => {
        const key = `${observer} ${id} ${index}`;
        if (!seen.has(key)) seen.set(key, { observer, conversation: conversationId, id, index });
      };
      return {
        up(text) {
          const frame = JSON.parse(text) as Frame;
          if (frame.id && isWritten(frame)) written.add(frame.id);
        },
        down(text) {
          const frame = JSON.parse(text) as Frame;
          frame.messages?.forEach(show);
          // An error says `message` as well, in words.
          if (typeof frame.message === 'object') show(frame.message);
          if (frame.type === 'ack' && frame.id && written.has(frame.id)) record.acked.add(frame.id);
        },
      };
    },
  };
  return record;
}
export type Record = ReturnType<typeof createRecord>;
