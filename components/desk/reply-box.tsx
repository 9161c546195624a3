import { useEffect, useRef, type RefObject } from 'react';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Member } from '#lib/protocol/settings.ts';
import { Composer } from '#components/composer/composer.tsx';
import { standingOf } from '#components/conversation/actions.ts';
import { seenIndex } from '#components/thread/merge.ts';
import type { DeskActs, DraftMode, OpenData } from './model.ts';
import { useDraft } from './use-draft.ts';

export interface ReplyBoxProps {
  conversation: Conversation; open: OpenData; self: Member | null; mode: DraftMode; acts: DeskActs;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  /** Puts words before what is being written, which may not be saved yet. */
  insertRef: RefObject<((words: string) => void) | null>;
  onMode: (mode: DraftMode) => void; onClaim: () => void; say: (text: string, bad?: boolean) => void;
}

/** How often "typing" is said again while keys are pressed, and after which silence it is taken back. */
const TYPING_EVERY_MS = 3_000;

function useTyping(say: (on: boolean) => void): { pressed: () => void; stop: () => void } {
  const last = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => {
    clearTimeout(timer.current);
    if (last.current !== 0) say(false);
    last.current = 0;
  };
  const pressed = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(stop, TYPING_EVERY_MS * 2);
    if (Date.now() - last.current < TYPING_EVERY_MS) return;
    last.current = Date.now();
    say(true);
  };
  return { pressed, stop };
}

/** The composer with its draft, its typing sign and its way into the outbox. */
export function ReplyBox({ conversation, open, self, mode, acts, fieldRef, insertRef, onMode, onClaim, say }: ReplyBoxProps) {
  const { id } = conversation;
  const [text, setText] = useDraft(id, mode, open.drafts[mode], acts.saveDraft);
  const typing = useTyping((on) => acts.typing(id, on));
  const insert = (words: string) => setText(text.trim() ? `${words}\n${text}` : words);
  const latest = useRef(insert);
  useEffect(() => { latest.current = insert; insertRef.current = insert; });
  const standing = standingOf(conversation, self);
  const stop = useRef(typing.stop);
  useEffect(() => stop.current, []);
  const send = async (words: string) => {
    typing.stop();
    setText('');
    try {
      await acts.post(mode === 'note' ? { type: 'note.add', conversationId: id, text: words }
        : { type: 'message.send', conversationId: id, text: words, seen: seenIndex(open.messages), ...(standing.name === 'free' ? { claim: true } : {}) });
      if (mode === 'note') onMode('reply');
    } catch (error) {
      // Not even queued: the words go back where they came from.
      latest.current(words);
      say(error instanceof Error ? error.message : String(error), true);
    }
  };
  return (
    <Composer mode={mode} visitorName={conversation.visitor.name} standing={standing} text={text} fieldRef={fieldRef} onMode={onMode} onClaim={onClaim} onSend={(words) => void send(words)}
      onText={(next) => { setText(next); if (mode === 'reply' && standing.name === 'mine') typing.pressed(); }} />
  );
}
