import { useEffect, useState } from 'react';
import { isSameSettings, settingsOf } from '#components/settings/bot-settings.ts';
import type { Bot, BotSettings } from '#lib/protocol/settings.ts';

interface Edit { base: BotSettings; baseSeq: number; draft: BotSettings; wasSaved: boolean }

export interface BotDraft {
  settings: BotSettings; isDirty: boolean;
  /** What the edit began from. */
  base: BotSettings;
  /** For `bot.save`: the bot's seq as it was when the edit began. */
  baseSeq: number;
  change: (settings: BotSettings) => void; discard: () => void; saved: () => void;
}

/** What is on screen of a bot: its live settings, or an edit that others' changes do not overwrite. */
export function useBotDraft(bot: Bot): BotDraft {
  const [edit, setEdit] = useState<Edit | null>(null);
  // A saved edit stays on screen until its row has come back through the feed, so that nothing flickers.
  useEffect(() => { setEdit((now) => (now?.wasSaved && bot.seq > now.baseSeq ? null : now)); }, [bot.seq]);
  const live = settingsOf(bot);
  const base = edit && !edit.wasSaved ? edit.base : live;
  // Only Agents available moved on: that is no reason to call the edit stale.
  const baseSeq = edit && !edit.wasSaved && !isSameSettings(edit.base, live) ? edit.baseSeq : bot.seq;
  return {
    settings: edit?.draft ?? live, base, baseSeq, isDirty: edit !== null && !edit.wasSaved,
    change: (draft) => setEdit(isSameSettings(draft, base) && isSameSettings(base, live) && JSON.stringify(draft) === JSON.stringify(base) ? null
      : { base, baseSeq: edit && !edit.wasSaved ? edit.baseSeq : bot.seq, draft, wasSaved: false }),
    discard: () => setEdit(null),
    saved: () => setEdit((now) => (now ? { ...now, baseSeq, wasSaved: true } : null)),
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
