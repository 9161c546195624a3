import { useEffect, useRef, useState } from 'react';
import type { ConversationId } from '#lib/protocol/ids.ts';
import type { DraftMode } from './model.ts';

/** Long enough that a fast typist does not write a row per key. */
const SAVE_AFTER_MS = 300;

/**
 * Text of one conversation and mode: typed here, saved 300 ms after the last key and when the page goes. The component
 * that calls this is mounted with a key of both, so drafts cannot cross.
 */
export function useDraft(conversationId: ConversationId, mode: DraftMode, saved: string, save: (conversationId: ConversationId, mode: DraftMode, text: string) => void): [string, (text: string) => void] {
  const [text, setText] = useState(saved);
  const unsaved = useRef<string | null>(null);
  const latest = useRef(save);
  latest.current = save;
  const flush = useRef(() => {
    if (unsaved.current === null) return;
    latest.current(conversationId, mode, unsaved.current);
    unsaved.current = null;
  }).current;
  useEffect(() => {
    if (unsaved.current === null) setText(saved);
  }, [saved]);
  useEffect(() => {
    addEventListener('pagehide', flush);
    return () => { removeEventListener('pagehide', flush); flush(); };
  }, [flush]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const write = (next: string) => {
    setText(next);
    unsaved.current = next;
    clearTimeout(timer.current);
    // Emptied by sending: at once, or the sent words could come back as a draft.
    if (next === '') flush();
    else timer.current = setTimeout(flush, SAVE_AFTER_MS);
  };
  return [text, write];
}
