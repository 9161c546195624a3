import type { Conversation } from '#lib/protocol/conversation.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';

/** Escalations already dealt with: conversation → the time of its escalation. */
export type Known = Record<string, number>;
const KEY = 'alerted';

/** Line ends could make a second, forged line of a notification, and marks of direction turn what is around them. */
const FORGING = /[\s\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]+/gu;
const SHOWN_MAX = 200;
/** A visitor's words on one line, in quotation marks: they are never the team's or Baton's (law 12). */
export const quoted = (name: string, text: string): string => `${name}: “${text.replace(FORGING, ' ').trim().slice(0, SHOWN_MAX).toWellFormed()}”`;

/** What to raise and what to clear. `known` null: the first sync after pairing, when nothing is news. */
export function decideAlerts(known: Known | null, waiting: readonly Conversation[], isViewed: (id: ConversationId) => boolean) {
  const next: Known = Object.fromEntries(waiting.map((row) => [row.id, row.escalation?.at ?? 0]));
  const raise = known === null ? [] : waiting.filter((row) => known[row.id] !== next[row.id] && !isViewed(row.id));
  const clear = Object.keys(known ?? {}).filter((id) => !(id in next));
  return { next, raise, clear };
}

/** Raises one notification per newly waiting conversation, clears those dealt with. @returns the ids raised */
export async function alert(waiting: readonly Conversation[], isViewed: (id: ConversationId) => boolean): Promise<ConversationId[]> {
  const known = ((await chrome.storage.local.get(KEY))[KEY] as Known | undefined) ?? null;
  const { next, raise, clear } = decideAlerts(known, waiting, isViewed);
  for (const row of raise) {
    await chrome.notifications.create(row.id, { type: 'basic', iconUrl: chrome.runtime.getURL('/icon/128.png'), requireInteraction: true,
      title: 'A visitor asks for a person', message: quoted(row.visitor.name, row.last?.text ?? ''), contextMessage: 'Baton' });
  }
  await Promise.all(clear.map((id) => chrome.notifications.clear(id)));
  await chrome.storage.local.set({ [KEY]: next });
  return raise.map(({ id }) => id);
}
/**
 * A worker that ended between its first sync and its first alert left nothing behind: what is held now is old, so that the
 * next escalation is news and not part of a "first sync". Call before new rows are applied, when there was a sync.
 */
export async function rememberHeld(waiting: readonly Conversation[]): Promise<void> {
  if ((await chrome.storage.local.get(KEY))[KEY] === undefined) await chrome.storage.local.set({ [KEY]: decideAlerts(null, waiting, () => false).next });
}
export const forgetAlerts = (): Promise<void> => chrome.storage.local.remove(KEY);
