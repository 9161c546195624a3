import { EmptyState } from '#components/ui/empty-state.tsx';
import type { Tab } from './queue.ts';

/** What an empty tab says. */
export function InboxEmpty({ tab, isFiltered }: { tab: Tab; isFiltered: boolean }) {
  if (isFiltered) return <EmptyState title="Nothing found."><p>Try other words, or choose another status.</p></EmptyState>;
  switch (tab) {
    case 'waiting': return <EmptyState title="Nobody is waiting."><p>New escalations appear here and alert you.</p></EmptyState>;
    case 'mine': return <EmptyState title="No conversations with you."><p>Claim one from Waiting.</p></EmptyState>;
    case 'email': return <EmptyState title="Nobody left an e-mail."><p>Visitors who ask for a person while nobody is available can leave one.</p></EmptyState>;
    case 'all': return <EmptyState title="No conversations yet."><p>They appear here as soon as a visitor writes to a bot.</p></EmptyState>;
  }
}
