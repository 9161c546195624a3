import type { Conversation } from '#lib/protocol/conversation.ts';
import type { MemberId } from '#lib/protocol/ids.ts';
import { rowWords, STATUS_LABEL } from './row-words.ts';
import css from './inbox-list.module.css';

export interface InboxRowProps {
  conversation: Conversation; self: MemberId | null; now: number; isCurrent: boolean; isStop: boolean; showStatus: boolean;
  onOpen: () => void; onFocus: () => void;
}

/** One conversation on the list. What changes every second is hidden from screen readers; they hear whole minutes. */
export function InboxRow({ conversation, self, now, isCurrent, isStop, showStatus, onOpen, onFocus }: InboxRowProps) {
  const words = rowWords(conversation, self, now);
  const look = [css.row, words.urgency !== 'none' && css[words.urgency], words.needsAnswer && css.answer].filter(Boolean).join(' ');
  return (
    <li>
      <button type="button" className={look} aria-current={isCurrent || undefined} tabIndex={isStop ? 0 : -1} onClick={onOpen} onFocus={onFocus} data-conversation={conversation.id}>
        <span className={css.top}>
          <bdi className={css.name}>{conversation.visitor.name}</bdi>
          <span className={css.time} aria-hidden="true">{words.time}</span>
          <span className="said">, {words.timeAloud}. {words.needsAnswer ? 'Wrote last: ' : ''}</span>
        </span>
        <span className={css.text} dir="auto">{words.text}</span>
        <span className={css.reason}>
          <span>{words.reason}</span>
          {showStatus ? <span className={css.status}>{STATUS_LABEL[conversation.status]}</span> : null}
        </span>
      </button>
    </li>
  );
}
