import type { ReactNode } from 'react';
import type { MemberId } from '#lib/protocol/ids.ts';
import { Button } from '#components/ui/button.tsx';
import { mergeThread, unseenOf, type Parts, type ThreadItem } from './merge.ts';
import { MessageRow, NoteRow } from './message-row.tsx';
import { PendingRow, type PendingActs } from './pending-row.tsx';
import { useStick } from './use-stick.ts';
import css from './thread.module.css';

export interface ThreadProps extends Parts {
  visitorName: string; self: MemberId | null; now: number; isOnline: boolean;
  /** "Ana is typing…"; shown, never announced. */
  typing: string | null;
  hasOlder: boolean; onOlder: () => void; acts: PendingActs;
  /** Shown above the oldest line: why it's here. */
  children?: ReactNode;
}

/** The transcript: plain DOM, so that find, selection and screen readers work; opens at its end and stays there. */
export function Thread(props: ThreadProps) {
  const { visitorName, typing, hasOlder, onOlder } = props;
  const items = mergeThread(props, props.now);
  const last = items.at(-1);
  const { ref, missed, onScroll, toEnd } = useStick(items.length, items.find((item) => item.kind !== 'day')?.key, last?.kind === 'pending' ? last.key : null);
  return (
    <div className={css.frame}>
      <div ref={ref} role="log" aria-label={`Conversation with ${visitorName}`} tabIndex={0} className={css.log} onScroll={onScroll}>
        {props.children}
        {hasOlder ? <Button small className={css.older} onClick={onOlder}>Load older</Button> : null}
        {items.map((item) => <Row key={item.key} item={item} {...props} />)}
      </div>
      {missed > 0 ? <Button small className={css.down} onClick={toEnd}>↓ {missed} new {missed === 1 ? 'message' : 'messages'}</Button> : null}
      <p className={css.typing} aria-hidden="true">{typing}</p>
    </div>
  );
}

function Row({ item, visitorName, self, messages, isOnline, acts }: ThreadProps & { item: ThreadItem }) {
  switch (item.kind) {
    case 'day': return <p className={`${css.line} ${css.day}`}>{item.label}</p>;
    case 'message': return <MessageRow message={item.message} visitorName={visitorName} self={self} ends={item.ends} />;
    case 'note': return <NoteRow note={item.note} self={self} />;
    case 'pending': return <PendingRow pending={item.pending} unseen={unseenOf(item.pending, messages, self)} isOnline={isOnline} acts={acts} />;
  }
}
