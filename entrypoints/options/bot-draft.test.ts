import { expect, test } from 'vitest';
import type { Bot } from '#lib/protocol/settings.ts';
import { settingsOf } from '#components/settings/bot-settings.ts';
import { changeDraft, readDraft } from './bot-draft.ts';

const bot = (change: Partial<Bot> = {}): Bot => ({ id: 'b1', seq: 4, createdAt: 0, availability: { on: true, by: null, at: 0 }, name: 'Shop', greeting: '', sites: [],
  handoff: { enabled: true, mode: 'both', offlineMessage: '', agentLabel: '', keepOn: false }, ...change }) as Bot;
const named = (name: string) => ({ ...settingsOf(bot()), name });

test('typing makes it dirty, typing it back makes it clean', () => {
  const edit = changeDraft(null, bot(), named('Shops'));
  expect(readDraft(edit, bot())).toMatchObject({ isDirty: true, baseSeq: 4, settings: { name: 'Shops' } });
  expect(changeDraft(edit, bot(), named('Shop'))).toBeNull();
});
test('somebody else’s change neither overwrites the edit nor goes unnoticed', () => {
  const edit = changeDraft(null, bot(), named('Shops'));
  expect(readDraft(edit, bot({ seq: 9, greeting: 'Hello' }))).toMatchObject({ settings: { name: 'Shops', greeting: '' }, baseSeq: 4, base: { greeting: '' } });
});
test('a moved Agents available switch does not make the edit stale', () => {
  const edit = changeDraft(null, bot(), named('Shops'));
  expect(readDraft(edit, bot({ seq: 9, availability: { on: false, by: null, at: 1 } })).baseSeq).toBe(9);
});
test('a saved edit stays on screen until its row is back', () => {
  const saved = { ...changeDraft(null, bot(), named('Shops'))!, wasSaved: true };
  expect(readDraft(saved, bot())).toMatchObject({ isDirty: false, settings: { name: 'Shops' } });
  expect(readDraft(saved, bot({ seq: 5, name: 'Shop 2' })).settings.name).toBe('Shop 2');
});
