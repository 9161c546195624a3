import type { Conversation } from '#lib/protocol/conversation.ts';
import type { MemberId } from '#lib/protocol/ids.ts';

export const TABS = ['waiting', 'mine', 'email', 'all'] as const;
export type Tab = (typeof TABS)[number];
export const TAB_LABEL: Record<Tab, string> = { waiting: 'Waiting', mine: 'Mine', email: 'Left an e-mail', all: 'All' };

/** In the queue: escalated and nobody's, the same as the badge counts; playground conversations never are. */
export const isWaiting = (one: Conversation): boolean => one.status === 'escalated' && one.claim === null && one.channel !== 'playground';
export const isMine = (one: Conversation, self: MemberId | null): boolean => self !== null && one.claim?.memberId === self;
/** An offline lead nobody has dealt with yet. */
export const hasEmail = (one: Conversation): boolean =>
  one.email !== null && one.claim === null && one.channel !== 'playground' && (one.status === 'escalated' || one.status === 'open');

const waitsSince = (one: Conversation): number => one.escalation?.at ?? one.lastAt;

/** The rows of a tab in its order: the queue by longest wait, all else by latest. */
export function rowsOf(tab: Tab, conversations: Conversation[], self: MemberId | null): Conversation[] {
  const latest = (a: Conversation, b: Conversation): number => b.lastAt - a.lastAt;
  switch (tab) {
    case 'waiting': return conversations.filter(isWaiting).sort((a, b) => waitsSince(a) - waitsSince(b));
    case 'mine': return conversations.filter((one) => isMine(one, self)).sort(latest);
    case 'email': return conversations.filter(hasEmail).sort((a, b) => (a.email?.at ?? 0) - (b.email?.at ?? 0));
    case 'all': return [...conversations].sort(latest);
  }
}
