import { useId, useRef, useState } from 'react';
import { Ellipsis } from 'lucide-react';
import { Confirm } from '#components/settings/confirm.tsx';
import { Button } from '#components/ui/button.tsx';
import css from './visitor-data.module.css';

export interface VisitorDataProps {
  visitorName: string; botName: string; isOnline: boolean;
  onExport: () => void; onDelete: () => void;
}

/** What an admin can do with everything that is kept of a visitor. */
export function VisitorData({ visitorName, botName, isOnline, onExport, onDelete }: VisitorDataProps) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const [asks, setAsks] = useState(false);
  const choose = (act: () => void) => () => { menu.current?.hidePopover(); act(); };
  return (
    <>
      <Button icon small look="quiet" aria-label="More" title="More" popoverTarget={id}><Ellipsis size={16} aria-hidden="true" /></Button>
      <div ref={menu} id={id} popover="auto" role="group" aria-label="Visitor’s data" className={css.menu}>
        <Button look="quiet" disabled={!isOnline} onClick={choose(onExport)}>Export visitor’s data</Button>
        <Button look="quiet" disabled={!isOnline} className={css.danger} onClick={choose(() => setAsks(true))}>Delete visitor’s data…</Button>
        {isOnline ? null : <p className={css.hint}>Offline: the companion has to do this.</p>}
      </div>
      <Confirm title={`Delete all data of ${visitorName}?`} isOpen={asks} doIt="Delete for good" onNo={() => setAsks(false)} onYes={onDelete}>
        <p>This goes, here and in the browser of each colleague:</p>
        <ul className={css.goes}>
          <li>every conversation this visitor had with {botName}, archived ones too, with all messages and feedback</li>
          <li>your team’s notes on them, drafts, and replies that were not sent yet</li>
          <li>their e-mail address and everything else kept about them</li>
        </ul>
        <p><b>It cannot be undone.</b> Backups made before keep it until they are replaced. The audit log keeps that you did this and how much it was, not what was said.</p>
      </Confirm>
    </>
  );
}
