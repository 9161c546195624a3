import type { MemberId } from '#lib/protocol/ids.ts';
import type { Message, Note, Said } from '#lib/protocol/message.ts';
import { dayName } from '#components/ui/time-words.ts';
import type { Pending } from './pending.ts';

export type ThreadItem =
  | { kind: 'day'; key: string; label: string }
  | { kind: 'message'; key: string; message: Message; /** Last of a run by one author: shows who and when. */ ends: boolean }
  | { kind: 'note'; key: string; note: Note }
  | { kind: 'pending'; key: string; pending: Pending };

type Placed = Exclude<ThreadItem, { kind: 'day' }>;

export interface Parts { messages: Message[]; notes: Note[]; pending: Pending[] }

const authorKey = (message: Message): string | null =>
  (message.kind === 'happened' ? null : message.author.kind === 'agent' ? `agent ${message.author.id}` : message.author.kind);
const atOf = (item: Placed): number => (item.kind === 'message' ? item.message.at : item.kind === 'note' ? item.note.at : item.pending.at);

/** Messages by index, notes between them by time, own words on their way last. What arrived is never shown twice. */
function place({ messages, notes, pending }: Parts): Placed[] {
  const sorted = [...messages].sort((a, b) => a.index - b.index);
  const rest = [...notes].sort((a, b) => a.at - b.at || a.seq - b.seq);
  // Notes older than the oldest message held belong to a part that is not on screen.
  const from = sorted[0]?.index === 1 ? -Infinity : sorted[0]?.at ?? -Infinity;
  const shown = rest.filter((note) => note.at >= from);
  const items: Placed[] = [];
  for (const message of sorted) {
    while (shown[0] && shown[0].at < message.at) items.push(noteItem(shown.shift()!));
    items.push({ kind: 'message', key: message.id, message, ends: true });
  }
  items.push(...shown.map(noteItem));
  const here = new Set<string>(items.map((item) => item.key));
  const own = pending.filter((one) => !here.has(one.id)).sort((a, b) => a.order - b.order);
  return [...items, ...own.map((one): Placed => ({ kind: 'pending', key: one.id, pending: one }))];
}
const noteItem = (note: Note): Placed => ({ kind: 'note', key: note.id, note });

/** The transcript as it is read: with day lines, and runs of one author closed by one "who, when". @param now server time */
export function mergeThread(parts: Parts, now: number): ThreadItem[] {
  const items: ThreadItem[] = [];
  let day = '';
  const placed = place(parts);
  for (const [at, item] of placed.entries()) {
    const label = dayName(atOf(item), now);
    if (label !== day) items.push({ kind: 'day', key: `day ${label}`, label });
    day = label;
    const next = placed[at + 1];
    const goesOn = item.kind === 'message' && next?.kind === 'message' && authorKey(item.message) !== null
      && authorKey(item.message) === authorKey(next.message) && dayName(atOf(next), now) === day;
    items.push(item.kind === 'message' ? { ...item, ends: !goesOn } : item);
  }
  return items;
}

/** What colleagues said after the author last looked: shown beside the reply that was held (law 7). */
export function unseenOf(pending: Pending, messages: Message[], self: MemberId | null): Said[] {
  const { command } = pending;
  if (command.type !== 'message.send') return [];
  return messages.filter((one): one is Said => one.kind === 'said' && one.author.kind === 'agent' && one.author.id !== self && one.index > command.seen);
}

/** Highest index on screen: goes along with a reply. */
export const seenIndex = (messages: Message[]): number => messages.reduce((highest, one) => Math.max(highest, one.index), 0);
