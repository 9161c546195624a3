import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';

export interface ConfirmProps { title: string; isOpen: boolean; doIt: string; onYes: () => void; onNo: () => void; children: ReactNode }

/** Asks before something that cannot be undone; the button says what it does. */
export function Confirm({ title, isOpen, doIt, onYes, onNo, children }: ConfirmProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onNo}
      actions={<><Button onClick={onNo}>Cancel</Button><Button look="danger" onClick={() => { onNo(); onYes(); }}>{doIt}</Button></>}>
      {children}
    </Dialog>
  );
}
