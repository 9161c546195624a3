import type { ReactNode, RefObject } from 'react';
import { ArrowLeft } from 'lucide-react';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Member } from '#lib/protocol/settings.ts';
import { Button } from '#components/ui/button.tsx';
import { STATUS_LABEL } from '#components/inbox/row-words.ts';
import { ACTION_LABEL, actionsFor, type ConversationAction } from './actions.ts';
import css from './conversation-header.module.css';

export interface ConversationHeaderProps {
  conversation: Conversation; self: Member | null; isBusy: boolean; titleRef: RefObject<HTMLHeadingElement | null>;
  onAction: (action: ConversationAction) => void; onBack: (() => void) | null;
  /** Beside the status: what else this member may do. */
  more?: ReactNode;
}

/** "Escalated", with whose it is. */
function statusWords({ status, claim }: Conversation, self: Member | null): string {
  if (claim) return `${STATUS_LABEL[status]} · ${claim.memberId === self?.id ? 'yours' : claim.name}`;
  return STATUS_LABEL[status];
}

/** Whose conversation it is and what this member may do with it. */
export function ConversationHeader({ conversation, self, isBusy, titleRef, onAction, onBack, more }: ConversationHeaderProps) {
  const actions = self ? actionsFor(conversation, self) : [];
  const { claim, status } = conversation;
  return (
    <header className={css.header}>
      <div className={css.top}>
        {onBack ? <Button icon aria-label="Back to the list" onClick={onBack}><ArrowLeft size={16} aria-hidden="true" /></Button> : null}
        <h2 ref={titleRef} tabIndex={-1} className={css.name}><bdi>{conversation.visitor.name}</bdi></h2>
        <span className={[css.status, css[status]].filter(Boolean).join(' ')}>{statusWords(conversation, self)}</span>
        {more}
      </div>
      <div className={css.actions} role="group" aria-label="Actions">
        {actions.map((action) => (
          <Button key={action} small disabled={isBusy} look={action === 'conversation.claim' ? 'primary' : 'plain'} onClick={() => onAction(action)}>{ACTION_LABEL[action]}</Button>
        ))}
        {self && actions.length === 0 && claim ? <p className={css.no}>Only {claim.name} or a lead can act on this.</p> : null}
      </div>
    </header>
  );
}
