import { useEffect, useState } from 'react';
import type { BotId } from '#lib/protocol/ids.ts';
import type { Bot, BotSettings } from '#lib/protocol/settings.ts';
import { changeDraft, readDraft, type DraftView, type Edit } from './bot-draft.ts';

/** Unsaved edits by bot. They outlive a walk to another tab of this page, so that nothing typed is lost by looking around. */
export type Edits = Map<BotId, Edit>;
export interface BotDraft extends DraftView { change: (settings: BotSettings) => void; discard: () => void; saved: () => void }

/** The unsaved edit of one bot's settings. */
export function useBotDraft(bot: Bot, edits: Edits): BotDraft {
  const [edit, show] = useState<Edit | null>(edits.get(bot.id) ?? null);
  const keep = (next: Edit | null) => {
    if (next) edits.set(bot.id, next);
    else edits.delete(bot.id);
    show(next);
  };
  const view = readDraft(edit, bot);
  return {
    ...view,
    change: (draft) => keep(changeDraft(edits.get(bot.id) ?? null, bot, draft)),
    discard: () => keep(null),
    saved: () => keep(edit && { ...edit, baseSeq: view.baseSeq, wasSaved: true }),
  };
}

/** Asks before the browser tab is closed while something is unsaved. @param isDirty asked at that moment */
export function useLeaveGuard(isDirty: () => boolean): void {
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => { if (isDirty()) event.preventDefault(); };
    addEventListener('beforeunload', guard);
    return () => removeEventListener('beforeunload', guard);
  }, [isDirty]);
}
