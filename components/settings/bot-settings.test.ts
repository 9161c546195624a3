import { describe, expect, test } from 'vitest';
import type { BotSettings } from '#lib/protocol/settings.ts';
import { botErrors, diffWords, isSameSettings, settingsOf } from './bot-settings.ts';

const base: BotSettings = { name: 'Shop', greeting: 'Hi', sites: ['https://a.example'],
  handoff: { enabled: true, mode: 'both', offlineMessage: '', agentLabel: 'Support Agent', keepOn: false } };
const handoff = (change: Partial<BotSettings['handoff']>): BotSettings => ({ ...base, handoff: { ...base.handoff, ...change } });

describe('dirty or not', () => {
  test('a copy with the companion’s own fields is the same settings', () => {
    expect(isSameSettings(base, { ...base, id: 'b1', seq: 9, availability: { on: true } } as BotSettings)).toBe(true);
    expect(settingsOf({ ...base, seq: 9 } as BotSettings)).toEqual(base);
  });
  test('blanks at the ends are no change, one letter is', () => {
    expect(isSameSettings(base, { ...base, name: 'Shop ' })).toBe(true);
    expect(isSameSettings(base, { ...base, name: 'Shops' })).toBe(false);
    expect(isSameSettings(base, handoff({ mode: 'auto' }))).toBe(false);
    expect(isSameSettings(base, { ...base, sites: [] })).toBe(false);
  });
});

describe('what cannot be saved', () => {
  test('500 characters fit the offline message, 501 do not', () => {
    expect(botErrors(handoff({ offlineMessage: 'x'.repeat(500) }))).toEqual({});
    expect(botErrors(handoff({ offlineMessage: 'x'.repeat(503) })).offlineMessage).toBe('The offline message is 3 characters too long; 500 fit.');
  });
  test('60 characters fit the label, and a name is needed', () => {
    expect(botErrors(handoff({ agentLabel: 'x'.repeat(61) })).agentLabel).toMatch('1 character too long');
    expect(botErrors({ ...base, name: '  ' }).name).toMatch('Give the bot a name');
  });
});

describe('differences in words', () => {
  test('each changed field has one line, unchanged ones none', () => {
    expect(diffWords(base, base)).toEqual([]);
    expect(diffWords(base, handoff({ mode: 'button', offlineMessage: 'Back at 9' }))).toEqual([
      'Trigger mode: Both → Button', 'Offline message: the default → “Back at 9”']);
    expect(diffWords(base, { ...base, sites: ['https://b.example'] })).toEqual(['Site added: https://b.example', 'Site removed: https://a.example']);
  });
});
