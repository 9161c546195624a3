import { isSameSettings, settingsOf } from '#components/settings/bot-settings.ts';
import type { Bot, BotSettings } from '#lib/protocol/settings.ts';

/** An unsaved edit: what it began from, and the bot's seq then. `wasSaved`: on its way back through the feed. */
export interface Edit { base: BotSettings; baseSeq: number; draft: BotSettings; wasSaved: boolean }
export interface DraftView {
  settings: BotSettings; isDirty: boolean;
  /** What the edit began from. */
  base: BotSettings;
  /** For `bot.save`. */
  baseSeq: number;
}

/** What is on screen: the live settings, or an edit that others' changes do not overwrite. */
export function readDraft(edit: Edit | null, bot: Bot): DraftView {
  const live = settingsOf(bot);
  // A saved edit stays on screen until its row has come back, so that nothing flickers.
  if (!edit || edit.wasSaved) return { settings: edit && bot.seq <= edit.baseSeq ? edit.draft : live, isDirty: false, base: live, baseSeq: bot.seq };
  // When only Agents available moved on, that is no reason to call the edit stale.
  return { settings: edit.draft, isDirty: true, base: edit.base, baseSeq: isSameSettings(edit.base, live) ? bot.seq : edit.baseSeq };
}

/** The edit after something was typed; null once it is back to what it began from. */
export function changeDraft(edit: Edit | null, bot: Bot, draft: BotSettings): Edit | null {
  const { base, baseSeq } = readDraft(edit, bot);
  // Exactly, blanks and all: a blank being typed at the end must stay on screen.
  return JSON.stringify(draft) === JSON.stringify(base) ? null : { base, baseSeq, draft, wasSaved: false };
}
