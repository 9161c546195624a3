import { useSyncExternalStore } from 'react';

export const BOT_TABS = ['general', 'knowledge', 'support'] as const;
export type BotTab = (typeof BOT_TABS)[number];
export type Route = { page: 'connection' | 'bots' | 'team' | 'audit' | 'about' } | { page: 'bot'; botId: string; tab: BotTab };

/** Where an address's fragment leads; anything unknown leads to Connection. */
export function readRoute(hash: string): Route {
  const [page, id, tab] = hash.replace(/^#\/?/, '').split('/');
  if (page === 'bots' && id) return { page: 'bot', botId: decodeURIComponent(id), tab: BOT_TABS.find((known) => known === tab) ?? 'general' };
  return page === 'bots' || page === 'team' || page === 'audit' || page === 'about' ? { page } : { page: 'connection' };
}

export const botHref = (botId: string, tab: BotTab): string => `#/bots/${encodeURIComponent(botId)}/${tab}`;

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** The fragment of this page, live. */
export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash);
