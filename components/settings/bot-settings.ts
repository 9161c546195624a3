import { LABEL_MAX, MESSAGE_MAX, NAME_MAX, OFFLINE_MESSAGE_MAX } from '#lib/protocol/limits.ts';
import { DEFAULT_AGENT_LABEL, type BotSettings, type HandoffSettings } from '#lib/protocol/settings.ts';

/** The part of a bot that the settings pages edit, without what the companion adds. */
export function settingsOf({ name, greeting, sites, handoff }: BotSettings): BotSettings {
  const { enabled, mode, offlineMessage, agentLabel, keepOn } = handoff;
  return { name, greeting, sites: [...sites], handoff: { enabled, mode, offlineMessage, agentLabel, keepOn } };
}

/** As the companion keeps them: a blank at either end is no change. */
function trimmed(settings: BotSettings): BotSettings {
  const { handoff } = settings;
  return { ...settings, name: settings.name.trim(), greeting: settings.greeting.trim(),
    handoff: { ...handoff, offlineMessage: handoff.offlineMessage.trim(), agentLabel: handoff.agentLabel.trim() } };
}

export function isSameSettings(one: BotSettings, other: BotSettings): boolean {
  return JSON.stringify(trimmed(settingsOf(one))) === JSON.stringify(trimmed(settingsOf(other)));
}

export type BotErrors = Partial<Record<'name' | 'greeting' | 'offlineMessage' | 'agentLabel', string>>;

const tooLong = (what: string, text: string, max: number): string | undefined =>
  text.trim().length > max ? `${what} is ${text.trim().length - max === 1 ? '1 character' : `${text.trim().length - max} characters`} too long; ${max} fit.` : undefined;

/** What cannot be saved, in words, by field. Empty: all is well. */
export function botErrors({ name, greeting, handoff }: BotSettings): BotErrors {
  const errors: BotErrors = {};
  const put = (key: keyof BotErrors, words: string | undefined) => { if (words) errors[key] = words; };
  put('name', name.trim() ? tooLong('The name', name, NAME_MAX) : 'Give the bot a name; visitors see it above its answers.');
  put('greeting', tooLong('The greeting', greeting, MESSAGE_MAX));
  put('offlineMessage', tooLong('The offline message', handoff.offlineMessage, OFFLINE_MESSAGE_MAX));
  put('agentLabel', tooLong('The label', handoff.agentLabel, LABEL_MAX));
  return errors;
}

export const MODE_NAMES: Record<HandoffSettings['mode'], string> = { button: 'Button', auto: 'Auto', both: 'Both' };

const onOff = (on: boolean): string => (on ? 'on' : 'off');
const quoted = (text: string, empty: string): string => (text ? `“${text}”` : empty);

/** Each difference as a line a person can decide on: what it was, what it is now. */
export function diffWords(before: BotSettings, after: BotSettings): string[] {
  const a = trimmed(before);
  const b = trimmed(after);
  const lines: [changed: boolean, words: string][] = [
    [a.name !== b.name, `Name: ${quoted(a.name, 'empty')} → ${quoted(b.name, 'empty')}`],
    [a.greeting !== b.greeting, `Greeting: ${quoted(a.greeting, 'empty')} → ${quoted(b.greeting, 'empty')}`],
    ...b.sites.filter((site) => !a.sites.includes(site)).map((site): [boolean, string] => [true, `Site added: ${site}`]),
    ...a.sites.filter((site) => !b.sites.includes(site)).map((site): [boolean, string] => [true, `Site removed: ${site}`]),
    [a.handoff.enabled !== b.handoff.enabled, `Human handoff: ${onOff(a.handoff.enabled)} → ${onOff(b.handoff.enabled)}`],
    [a.handoff.mode !== b.handoff.mode, `Trigger mode: ${MODE_NAMES[a.handoff.mode]} → ${MODE_NAMES[b.handoff.mode]}`],
    [a.handoff.offlineMessage !== b.handoff.offlineMessage,
      `Offline message: ${quoted(a.handoff.offlineMessage, 'the default')} → ${quoted(b.handoff.offlineMessage, 'the default')}`],
    [a.handoff.agentLabel !== b.handoff.agentLabel,
      `Agent label: ${quoted(a.handoff.agentLabel, DEFAULT_AGENT_LABEL)} → ${quoted(b.handoff.agentLabel, DEFAULT_AGENT_LABEL)}`],
    [a.handoff.keepOn !== b.handoff.keepOn, `Keep handoff on while nobody is connected: ${onOff(a.handoff.keepOn)} → ${onOff(b.handoff.keepOn)}`],
  ];
  return lines.filter(([changed]) => changed).map(([, words]) => words);
}
