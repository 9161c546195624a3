import type { Message } from '#lib/protocol/message.ts';

/** The visitor's copy of the conversation: everything up to seq `held`, in the order of `index`. */
export interface Timeline { held: number; messages: readonly Message[] }
export const EMPTY: Timeline = { held: 0, messages: [] };

/** Messages by id, the newest `seq` of each; `held` does not move. */
export function merge(line: Timeline, news: readonly Message[]): Timeline {
  if (!news.length) return line;
  const byId = new Map(line.messages.map((message) => [message.id, message]));
  for (const message of news) if ((byId.get(message.id)?.seq ?? 0) < message.seq) byId.set(message.id, message);
  return { held: line.held, messages: [...byId.values()].sort((a, b) => a.index - b.index) };
}

/** The frame rule. @returns null when frames are missing in between and must be fetched */
export function apply(line: Timeline, frame: { from: number; to: number; messages: readonly Message[] }): Timeline | null {
  if (frame.to <= line.held) return line;
  if (frame.from > line.held) return null;
  return { ...merge(line, frame.messages), held: frame.to };
}
