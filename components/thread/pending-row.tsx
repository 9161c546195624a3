import type { Said } from '#lib/protocol/message.ts';
import { Button } from '#components/ui/button.tsx';
import type { Pending } from './pending.ts';
import css from './thread.module.css';

export interface PendingActs {
  onRetry: (pending: Pending) => void;
  /** Sends although a colleague wrote since. */
  onSendAnyway: (pending: Pending) => void;
  /** Back into the composer. */
  onEdit: (pending: Pending) => void;
  onDelete: (pending: Pending) => void;
  onCopy: (text: string) => void;
}

/** Own words on their way: dim while sending, with what to do where they failed. */
export function PendingRow({ pending, unseen, isOnline, acts }: { pending: Pending; unseen: Said[]; isOnline: boolean; acts: PendingActs }) {
  if (pending.state === 'held') return <HeldRow pending={pending} unseen={unseen} acts={acts} />;
  const isNote = pending.command.type === 'note.add';
  const isFailed = pending.state === 'failed';
  const waits = isOnline ? 'Sending…' : 'Waiting to be sent';
  const look = isNote ? css.note : [css.item, css.way, isFailed && css.failed].filter(Boolean).join(' ');
  return (
    <div className={look}>
      {isNote ? <span className={css.noteTop}>Note · You · Only your team sees this</span> : null}
      <div className={isNote ? undefined : css.bubble} dir="auto"><span className="said">You: </span>{pending.command.text}</div>
      {isFailed ? (
        <div className={css.actions}>
          <span className={css.bad}>Not sent.{pending.refusal ? ` ${pending.refusal.message}` : ''}</span>
          <Button small onClick={() => acts.onRetry(pending)}>Retry</Button>
          <Button small onClick={() => acts.onEdit(pending)}>Edit</Button>
          <Button small onClick={() => acts.onCopy(pending.command.text)}>Copy</Button>
          <Button small onClick={() => acts.onDelete(pending)}>Delete</Button>
        </div>
      ) : <p className={css.meta}>{waits}</p>}
    </div>
  );
}

function HeldRow({ pending, unseen, acts }: { pending: Pending; unseen: Said[]; acts: PendingActs }) {
  return (
    <div className={css.held} role="group" aria-label="Your reply is held">
      <p className={css.heldTitle}>{pending.refusal?.message ?? 'A colleague replied while you were writing.'} Your reply was not sent.</p>
      <div className={css.both}>
        {unseen.map((one) => <div key={one.id} className={css.said} dir="auto"><span className={css.who}>{one.author.kind === 'agent' ? one.author.name : 'Team'} wrote</span>{one.text}</div>)}
        <div className={css.said} dir="auto"><span className={css.who}>You wrote</span>{pending.command.text}</div>
      </div>
      <div className={css.actions}>
        <Button small look="primary" onClick={() => acts.onSendAnyway(pending)}>Send anyway</Button>
        <Button small onClick={() => acts.onEdit(pending)}>Edit</Button>
        <Button small look="danger" onClick={() => acts.onDelete(pending)}>Discard</Button>
      </div>
    </div>
  );
}
