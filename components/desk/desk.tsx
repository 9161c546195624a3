import { useEffect, useRef, useState } from 'react';
import { ExternalLink, Settings } from 'lucide-react';
import { useAvailabilityBar } from '#components/availability/availability-panel.tsx';
import { summarise } from '#components/availability/summary.ts';
import { ConnectionStrip } from '#components/connection/connection-strip.tsx';
import { StorageNotes } from '#components/connection/storage-notes.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState, SkeletonRows } from '#components/ui/empty-state.tsx';
import { Toast, type ToastMessage } from '#components/ui/toast.tsx';
import { useNow } from '#components/ui/use-now.ts';
import { ConversationPane } from './conversation-pane.tsx';
import { ListPane } from './list-pane.tsx';
import { refusalWords, type DeskActs, type DeskData, type View } from './model.ts';
import css from './desk.module.css';

export interface DeskProps { title: 'Inbox' | 'Conversations'; data: DeskData; view: View; acts: DeskActs }

/** The agent's whole screen: list and conversation side by side from 560 px, one after the other below. */
export function Desk({ title, data, view, acts }: DeskProps) {
  const [toast, setToast] = useState<ToastMessage | null>(null);
  const say = (text: string, bad = false) => setToast({ id: Date.now(), text, bad });
  const root = useRef<HTMLDivElement>(null);
  const wasOpen = useRef<string | null>(null);
  const { selectedId } = view;
  useEffect(() => {
    // Back leads to the row one came from, or to its tab when the row has moved to another queue.
    if (selectedId === null && wasOpen.current) {
      const row = root.current?.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(wasOpen.current)}"]`);
      (row ?? root.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]'))?.focus();
    }
    wasOpen.current = selectedId;
  }, [selectedId]);
  return (
    <div ref={root} className={css.desk} data-open={selectedId === null ? undefined : ''}>
      <DeskHeader title={title} data={data} acts={acts} />
      <Undelivered data={data} acts={acts} />
      <main className={css.panes}>
        <ListPane data={data} view={view} acts={acts} say={say} />
        <OpenPane data={data} view={view} acts={acts} say={say} />
      </main>
      <Toast message={toast} onClose={() => setToast(null)} />
    </div>
  );
}

/** Its own component, so that the tick of the reconnect clock draws only this. */
function Strip({ data, acts }: Pick<DeskProps, 'data' | 'acts'>) {
  const now = useNow(data.clockOffset);
  return <ConnectionStrip link={data.link} now={now} onRetry={acts.reconnect} onConnect={acts.openOptions} />;
}

/** Words that never reached anybody, because what they were for was deleted. */
function Undelivered({ data, acts }: Pick<DeskProps, 'data' | 'acts'>) {
  if (data.undelivered.length === 0) return null;
  return (
    <Banner tone="bad" actions={<Button small onClick={acts.undeliveredSeen}>OK</Button>}>
      {data.undelivered.map(({ id, name, unsent }) => (
        <p key={id} role="alert">{unsent === 1 ? 'Your message' : `${unsent} messages of yours`} to {name} {unsent === 1 ? 'was' : 'were'} not sent: the conversation was deleted, and {unsent === 1 ? 'it' : 'they'} with it.</p>
      ))}
    </Banner>
  );
}

function DeskHeader({ title, data, acts }: Pick<DeskProps, 'title' | 'data' | 'acts'>) {
  const availability = useAvailabilityBar({
    availability: summarise(data.bots, data.presence, data.self, data.workspace), waitingCount: data.counts.waiting, isOnline: data.link.name === 'online',
    onSet: async (on) => refusalWords(await acts.command({ type: 'availability.set', botIds: null, on })),
  });
  return (
    <header>
      <div className={css.header}>
        <h1 className={css.title}>{title}</h1>
        {data.self ? availability.bar : null}
        {acts.openPage ? <Button icon look="quiet" aria-label="Open conversations page" title="Open conversations page" onClick={acts.openPage}><ExternalLink size={16} aria-hidden="true" /></Button> : null}
        <Button icon look="quiet" aria-label="Settings" title="Settings" onClick={acts.openOptions}><Settings size={16} aria-hidden="true" /></Button>
      </div>
      <Strip data={data} acts={acts} />
      <StorageNotes storage={data.storage} onRestoredSeen={acts.restoredSeen} />
      {data.self ? availability.below : null}
    </header>
  );
}

function OpenPane({ data, view, acts, say }: Omit<DeskProps, 'title'> & { say: (text: string, bad?: boolean) => void }) {
  const { selectedId } = view;
  const back = () => acts.setView({ selectedId: null });
  if (selectedId === null) return <div className={css.nothing}><EmptyState title="No conversation open."><p>Choose one from the list.</p></EmptyState></div>;
  if (data.open === null) return <div className={css.conversation}><SkeletonRows /></div>;
  const { conversation, isDeleted } = data.open;
  if (conversation === null && isDeleted) return <div className={css.conversation}><EmptyState title="This conversation was deleted."><p>It is gone for good, with whatever you were writing here.</p><Button autoFocus onClick={back}>Back to the list</Button></EmptyState></div>;
  if (conversation === null) return <div className={css.conversation}><EmptyState title="This conversation is not here."><p>It may have been removed, or this browser no longer keeps it.</p><Button onClick={back}>Back to the list</Button></EmptyState></div>;
  return <ConversationPane key={conversation.id} data={data} open={data.open} conversation={conversation} acts={acts} say={say} onBack={back} />;
}
