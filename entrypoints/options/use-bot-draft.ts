import { useEffect, useState } from 'react';
import type { Bot, BotSettings } from '#lib/protocol/settings.ts';
import { changeDraft, readDraft, type DraftView, type Edit } from './bot-draft.ts';

export interface BotDraft extends DraftView { change: (settings: BotSettings) => void; discard: () => void; saved: () => void }

/** The unsaved edit of one bot's settings. */
export function useBotDraft(bot: Bot): BotDraft {
  const [edit, setEdit] = useState<Edit | null>(null);
  const view = readDraft(edit, bot);
  return {
    ...view,
    change: (draft) => setEdit((now) => changeDraft(now, bot, draft)),
    discard: () => setEdit(null),
    saved: () => setEdit((now) => now && { ...now, baseSeq: view.baseSeq, wasSaved: true }),
  };
}

/** Asks before the tab is closed or left while something is unsaved. */
export function useLeaveGuard(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return undefined;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', guard);
    return () => removeEventListener('beforeunload', guard);
  }, [isDirty]);
}
