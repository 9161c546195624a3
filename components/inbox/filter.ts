import type { Channel, Conversation, Status } from '#lib/protocol/conversation.ts';
import type { BotId } from '#lib/protocol/ids.ts';

/** What the All tab is narrowed to. `''` = any; playground conversations only when asked for. */
export interface Filter { status: Status | ''; botId: BotId | ''; channel: Channel | ''; text: string }
export const NO_FILTER: Filter = { status: '', botId: '', channel: '', text: '' };
export const isFiltered = (filter: Filter): boolean => Boolean(filter.status || filter.botId || filter.channel || filter.text.trim());

/** The filter on a row that is held here; its text looks at what a row holds (name, last words, e-mail). */
export function passes(filter: Filter, one: Conversation): boolean {
  if (filter.status && one.status !== filter.status) return false;
  if (filter.botId && one.botId !== filter.botId) return false;
  if (filter.channel ? one.channel !== filter.channel : one.channel === 'playground') return false;
  return matchesText(filter, one);
}
/** Everything but the text: for rows that the companion found by it. */
export const passesBesidesText = (filter: Filter, one: Conversation): boolean => passes({ ...filter, text: '' }, one);

function matchesText(filter: Filter, one: Conversation): boolean {
  const words = filter.text.trim().toLowerCase();
  return !words || [one.visitor.name, one.last?.text, one.email?.address].some((text) => text?.toLowerCase().includes(words));
}
