import { useSyncExternalStore } from 'react';

export const BOT_TABS = ['general', 'knowledge', 'engine', 'support'] as const;
export type BotTab = (typeof BOT_TABS)[number];
export type Route = { page: 'connection' | 'bots' | 'new-bot' | 'team' | 'audit' | 'about' } | { page: 'playground'; botId: string | null } | { page: 'bot'; botId: string; tab: BotTab };

/** A stray "%" is a sign like any other, and no reason to show nothing at all. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** Where an address's fragment leads; anything unknown leads to Connection. */
export function readRoute(hash: string): Route {
  const [page, id, tab] = hash.replace(/^#\/?/, '').split('/');
  if (page === 'bots' && id === 'new') return { page: 'new-bot' };
  if (page === 'playground') return { page, botId: id ? decoded(id) : null };
  if (page === 'bots' && id) return { page: 'bot', botId: decoded(id), tab: BOT_TABS.find((known) => known === tab) ?? 'general' };
  return page === 'bots' || page === 'team' || page === 'audit' || page === 'about' ? { page } : { page: 'connection' };
}

export const NEW_BOT_HREF = '#/bots/new';
export const playgroundHref = (botId: string): string => `#/playground/${encodeURIComponent(botId)}`;
export const botHref = (botId: string, tab: BotTab): string => `#/bots/${encodeURIComponent(botId)}/${tab}`;

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** The fragment of this page, live. */
export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash);
