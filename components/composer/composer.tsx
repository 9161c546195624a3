import { useRef, type KeyboardEvent, type RefObject } from 'react';
import { MESSAGE_MAX } from '#lib/protocol/limits.ts';
import { Button } from '#components/ui/button.tsx';
import type { Standing } from '#components/conversation/actions.ts';
import css from './composer.module.css';

export type Mode = 'reply' | 'note';
/** The counter shows from here on. */
const COUNT_FROM = MESSAGE_MAX - 400;

export interface ComposerProps {
  mode: Mode; visitorName: string; standing: Standing; text: string;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  onText: (text: string) => void; onMode: (mode: Mode) => void;
  /** Trimmed, within the limit. */
  onSend: (text: string) => void;
  /** Claim and reply with nothing written yet: claims, and the words follow. */
  onClaim: () => void;
}

/** Why a reply cannot be written now, or what it will do. */
function sayOf(mode: Mode, standing: Standing): string | null {
  if (mode === 'note') return 'Only your team sees this.';
  switch (standing.name) {
    case 'mine': return null;
    case 'free': return standing.botAnswers ? 'The bot is answering. Claim to reply.' : 'Nobody has claimed this yet. Claim to reply.';
    case 'taken': return `${standing.by} has this conversation. You can add notes.`;
    case 'closed': return `This conversation is ${standing.status}. Reopen it to reply.`;
  }
}

/** Mount it with `key={id + mode}`: nothing typed can cross to another conversation or become a note. */
export function Composer({ mode, visitorName, standing, text, fieldRef, onText, onMode, onSend, onClaim }: ComposerProps) {
  const composing = useRef(false);
  const isNote = mode === 'note';
  const maySend = isNote || standing.name === 'mine' || standing.name === 'free';
  const words = text.trim();
  const fits = words.length > 0 && text.length <= MESSAGE_MAX;
  const send = () => { if (maySend && fits) onSend(words); fieldRef.current?.focus(); };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') { event.preventDefault(); (event.target as HTMLElement).blur(); }
    // 229: the Enter that ends a composition, which some input methods report after compositionend.
    if (event.key !== 'Enter' || event.shiftKey || composing.current || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  const say = sayOf(mode, standing);
  return (
    <form className={isNote ? `${css.composer} ${css.note}` : css.composer} aria-label={isNote ? 'Note' : 'Reply'} onSubmit={(event) => { event.preventDefault(); send(); }}>
      {say ? <p className={css.say}>{say}</p> : null}
      <textarea ref={fieldRef} className={css.text} dir="auto" rows={2} value={text} aria-label={isNote ? `Note about ${visitorName}` : `Reply to ${visitorName}`}
        placeholder={isNote ? 'Write a note for your team' : `Reply to ${visitorName}`} onKeyDown={onKeyDown} onChange={(event) => onText(event.currentTarget.value)}
        onCompositionStart={() => { composing.current = true; }} onCompositionEnd={() => { composing.current = false; }} />
      <div className={css.bar}>
        {isNote ? <Button onClick={() => onMode('reply')}>Back to reply</Button> : <Button onClick={() => onMode('note')}>Add note</Button>}
        {text.length >= COUNT_FROM ? <span className={text.length > MESSAGE_MAX ? `${css.count} ${css.over}` : css.count}>{text.length}/{MESSAGE_MAX}</span> : null}
        <span className={css.to} aria-hidden="true">{isNote ? 'about' : 'to'} <bdi>{visitorName}</bdi></span>
        {isNote ? <Button type="submit" look="primary" disabled={!fits}>Add note</Button>
          : standing.name === 'free' ? <Button look="primary" onClick={() => (words ? send() : onClaim())} disabled={text.length > MESSAGE_MAX}>Claim and reply</Button>
          : <Button type="submit" look="primary" disabled={!maySend || !fits}>Send reply</Button>}
      </div>
    </form>
  );
}
