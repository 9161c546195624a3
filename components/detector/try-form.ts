import { MESSAGE_MAX, TRY_EARLIER_MAX } from '#lib/protocol/limits.ts';
import type { TryRequest } from '#lib/protocol/try.ts';

/** What stands in the two fields. */
export interface Typed { text: string; earlier: string }
export type Read = { ok: true; request: TryRequest } | { ok: false; field: keyof Typed; words: string };

const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** The request that the fields stand for, or what is wrong with one of them. */
export function readTyped({ text, earlier }: Typed): Read {
  const before = lines(earlier);
  if (!text.trim()) return { ok: false, field: 'text', words: 'Type a message as a visitor would.' };
  if (text.trim().length > MESSAGE_MAX) return { ok: false, field: 'text', words: `At most ${MESSAGE_MAX} characters.` };
  if (before.length > TRY_EARLIER_MAX) return { ok: false, field: 'earlier', words: `At most ${TRY_EARLIER_MAX} lines; there are ${before.length}.` };
  if (before.some((line) => line.length > MESSAGE_MAX)) return { ok: false, field: 'earlier', words: `At most ${MESSAGE_MAX} characters a line.` };
  return { ok: true, request: { text: text.trim(), ...(before.length > 0 ? { earlier: before } : {}) } };
}

/** A chat's own lines of the visitor as if they had been typed: the last is the message, those before it the earlier ones. */
export function fromChat(said: readonly string[]): Typed {
  const flat = said.map((line) => line.replace(/\s*\n\s*/g, ' '));
  return { text: flat.at(-1) ?? '', earlier: flat.slice(0, -1).slice(-TRY_EARLIER_MAX).join('\n') };
}
