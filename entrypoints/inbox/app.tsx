import { useState } from 'react';
import { Desk } from '#components/desk/desk.tsx';
import { assemble } from '#components/desk/assemble.ts';
import type { View } from '#components/desk/model.ts';
import { NO_FILTER } from '#components/inbox/filter.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';
import { useDesk } from '#lib/extension/use-desk.ts';

/** The open conversation is in the address, so that a reload or a bookmark finds it. */
const fromAddress = (): ConversationId | null => (location.hash.slice(1) || null) as ConversationId | null;

/** The Conversations page: the same desk as a tab, opened on everything there is. */
export function App() {
  const [view, setView] = useState<View>(() => ({ tab: 'all', filter: NO_FILTER, selectedId: fromAddress() }));
  const change = (next: Partial<View>) => {
    setView((now) => ({ ...now, ...next }));
    if (next.selectedId !== undefined) history.replaceState(null, '', next.selectedId ? `#${next.selectedId}` : location.pathname);
  };
  const { source, acts } = useDesk(view);
  return <Desk title="Conversations" data={assemble(source, view)} view={view} acts={{ ...acts, setView: change }} />;
}
