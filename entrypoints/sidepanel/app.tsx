import { useState } from 'react';
import { Desk } from '#components/desk/desk.tsx';
import { assemble } from '#components/desk/assemble.ts';
import type { View } from '#components/desk/model.ts';
import { NO_FILTER } from '#components/inbox/filter.ts';
import { useDesk, useHandedOver } from '#lib/extension/use-desk.ts';

/** The inbox beside the agent's other tabs. */
export function App() {
  const [view, setView] = useState<View>({ tab: 'waiting', filter: NO_FILTER, selectedId: null });
  const change = (next: Partial<View>) => setView((now) => ({ ...now, ...next }));
  useHandedOver((selectedId) => change({ selectedId }));
  const { source, acts } = useDesk(view);
  const openPage = () => void chrome.tabs.create({ url: chrome.runtime.getURL('/inbox.html') });
  return <Desk title="Inbox" data={assemble(source, view)} view={view} acts={{ ...acts, setView: change, openPage }} />;
}
