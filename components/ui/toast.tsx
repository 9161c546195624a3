import { useEffect } from 'react';
import { Button } from './button.tsx';
import css from './toast.module.css';

export interface ToastMessage {
  /** A new id starts the clock again. */
  id: number;
  text: string;
  bad?: boolean;
  action?: { label: string; run: () => void };
}

/** Long enough to read two short lines and reach the button. */
const SHOWN_MS = 8_000;

/** The page's one live region; it stays mounted, so that screen readers notice the words. Never takes focus. */
export function Toast({ message, onClose }: { message: ToastMessage | null; onClose: () => void }) {
  const id = message?.id;
  useEffect(() => {
    if (id === undefined) return undefined;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <div role="status" className={css.region}>
      {message ? (
        <div className={message.bad ? `${css.toast} ${css.bad}` : css.toast}>
          <span>{message.text}</span>
          {message.action ? <Button small onClick={() => { message.action?.run(); onClose(); }}>{message.action.label}</Button> : null}
          <Button small look="quiet" aria-label="Close this message" onClick={onClose}>✕</Button>
        </div>
      ) : null}
    </div>
  );
}
