import { AvailabilityPanel } from '#components/availability/availability-panel.tsx';
import { ConnectionStrip } from '#components/connection/connection-strip.tsx';
import { linkWords } from '#components/connection/link-words.ts';
import { Button } from '#components/ui/button.tsx';
import { SkeletonRows } from '#components/ui/empty-state.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { timeOfDay } from '#components/ui/time-words.ts';
import { Toast, type ToastMessage } from '#components/ui/toast.tsx';
import { useNow } from '#components/ui/use-now.ts';
import type { PopupState } from '#lib/protocol/runtime.ts';
import { WaitingQueue } from './waiting-queue.tsx';
import css from './popup-view.module.css';

export interface PopupActs {
  /** Null when done, or why not, in words. */
  setAvailable: (on: boolean) => Promise<string | null>;
  /** Must reach `sidePanel.open` before any await: it needs the click's gesture. Null: the list. */
  openPanel: (conversationId: string | null) => void;
  claimNext: () => void; openPage: () => void; openOptions: () => void; reconnect: () => void;
}
export interface PopupViewProps { state: PopupState | null; acts: PopupActs; toast: ToastMessage | null; onToastClose: () => void }

/** The toolbar popup: the switch first, then who waits. */
export function PopupView({ state, acts, toast, onToastClose }: PopupViewProps) {
  if (state === null) return <main className={css.popup} aria-busy="true"><h1 className="said">Baton</h1><SkeletonRows count={4} /></main>;
  const link = linkWords(state.link);
  const isPaired = state.role !== null;
  return (
    <main className={css.popup}>
      <div className={css.header}>
        <h1 className={css.title}>{state.workspaceName || 'Baton'}</h1>
        <StatusDot tone={link.tone}>{link.text}</StatusDot>
      </div>
      <PopupStrip state={state} acts={acts} />
      {isPaired ? (
        <>
          <AvailabilityPanel availability={state.availability} waitingCount={state.waitingCount} isOnline={state.link.name === 'online'} onSet={acts.setAvailable} />
          <WaitingQueue state={state} acts={acts} />
        </>
      ) : null}
      <nav aria-label="More" className={css.foot}>
        <Button small look="quiet" onClick={acts.openPage}>Open conversations page</Button>
        <Button small look="quiet" onClick={acts.openOptions}>Settings</Button>
      </nav>
      <Toast message={toast} onClose={onToastClose} />
    </main>
  );
}

function PopupStrip({ state, acts }: { state: PopupState; acts: PopupActs }) {
  const now = useNow(state.clockOffset);
  return (
    <>
      <ConnectionStrip link={state.link} now={now} onRetry={acts.reconnect} onConnect={acts.openOptions} />
      {state.link.name === 'waiting' && state.updatedAt > 0 ? <p className={css.updated}>Last update {timeOfDay(state.updatedAt)}</p> : null}
    </>
  );
}
