import { INSTRUCTIONS_MAX, LABEL_MAX, MESSAGE_MAX, NAME_MAX, OFFLINE_MESSAGE_MAX } from '#lib/protocol/limits.ts';
import { DEFAULT_AGENT_LABEL, DEFAULT_DETECTION, type BotSettings, type Detection, type Engine, type HandoffSettings } from '#lib/protocol/settings.ts';

/** The part of a bot that the settings pages edit, without what the companion adds. */
export function settingsOf({ name, greeting, sites, handoff, engine, detection }: BotSettings): BotSettings {
  const { enabled, mode, offlineMessage, agentLabel, keepOn } = handoff;
  return { name, greeting, sites: [...sites], handoff: { enabled, mode, offlineMessage, agentLabel, keepOn }, ...(engine ? { engine } : {}), ...(detection ? { detection } : {}) };
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

export type BotErrors = Partial<Record<'name' | 'greeting' | 'offlineMessage' | 'agentLabel' | 'baseUrl' | 'model' | 'instructions' | 'url' | 'embedderUrl' | 'embedderModel', string>>;

const noAddress = (text: string): string | undefined => (/^https?:\/\/[^\s/]+\S*$/.test(text.trim()) ? undefined : 'An address looks like https://api.example.com/v1');
const missing = (text: string, words: string): string | undefined => (text.trim() ? undefined : words);

function engineErrors(put: (key: keyof BotErrors, words: string | undefined) => void, engine: Engine | undefined, detection: Detection | undefined): void {
  if (engine?.kind === 'model') {
    put('baseUrl', noAddress(engine.baseUrl));
    put('model', missing(engine.model, 'Give the model’s name, as its provider calls it.'));
    put('instructions', tooLong('The instructions', engine.instructions, INSTRUCTIONS_MAX));
  }
  if (engine?.kind === 'webhook') put('url', noAddress(engine.url));
  if (!detection?.embedder) return;
  put('embedderUrl', noAddress(detection.embedder.baseUrl));
  put('embedderModel', missing(detection.embedder.model, 'Give the model’s name, as its provider calls it.'));
}

const tooLong = (what: string, text: string, max: number): string | undefined =>
  text.trim().length > max ? `${what} is ${text.trim().length - max === 1 ? '1 character' : `${text.trim().length - max} characters`} too long; ${max} fit.` : undefined;

/** What cannot be saved, in words, by field. Empty: all is well. */
export function botErrors({ name, greeting, handoff, engine, detection }: BotSettings): BotErrors {
  const errors: BotErrors = {};
  const put = (key: keyof BotErrors, words: string | undefined) => { if (words) errors[key] = words; };
  put('name', name.trim() ? tooLong('The name', name, NAME_MAX) : 'Give the bot a name; visitors see it above its answers.');
  put('greeting', tooLong('The greeting', greeting, MESSAGE_MAX));
  put('offlineMessage', tooLong('The offline message', handoff.offlineMessage, OFFLINE_MESSAGE_MAX));
  put('agentLabel', tooLong('The label', handoff.agentLabel, LABEL_MAX));
  engineErrors(put, engine, detection);
  return errors;
}

export const MODE_NAMES: Record<HandoffSettings['mode'], string> = { button: 'Button', auto: 'Auto', both: 'Both' };

export const ENGINE_NAMES: Record<Engine['kind'], string> = { embedded: 'Knowledge base', model: 'Chat model', webhook: 'Your own bot' };
const engineWords = (engine: Engine = { kind: 'embedded' }): string => [ENGINE_NAMES[engine.kind], ...(engine.kind === 'model' ? [engine.model, engine.baseUrl, engine.instructions] : engine.kind === 'webhook' ? [engine.url] : [])].filter(Boolean).join(', ');
const embedderWords = ({ embedder }: Detection): string => (embedder ? `${embedder.model}, ${embedder.baseUrl}` : 'none');
const policiesWords = ({ policies }: Detection): string => (policies.length > 0 ? policies.map(({ words, act }) => `“${words}” (${act})`).join(', ') : 'none');

const onOff = (on: boolean): string => (on ? 'on' : 'off');
const quoted = (text: string, empty: string): string => (text ? `“${text}”` : empty);

/** Each difference as a line a person can decide on: what it was, what it is now. */
export function diffWords(before: BotSettings, after: BotSettings): string[] {
  const a = trimmed(before);
  const b = trimmed(after);
  const [was, is] = [a.detection ?? DEFAULT_DETECTION, b.detection ?? DEFAULT_DETECTION];
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
    [engineWords(a.engine) !== engineWords(b.engine), `Who answers: ${engineWords(a.engine)} → ${engineWords(b.engine)}`],
    [was.falseReject !== is.falseReject, `Offer a person: ${Math.round(was.falseReject * 100)} → ${Math.round(is.falseReject * 100)} of 100 answerable questions`],
    [policiesWords(was) !== policiesWords(is), `Words that bring a person: ${policiesWords(was)} → ${policiesWords(is)}`],
    [embedderWords(was) !== embedderWords(is), `Embeddings: ${embedderWords(was)} → ${embedderWords(is)}`],
    [a.handoff.keepOn !== b.handoff.keepOn, `Keep handoff on while nobody is connected: ${onOff(a.handoff.keepOn)} → ${onOff(b.handoff.keepOn)}`],
  ];
  return lines.filter(([changed]) => changed).map(([, words]) => words);
}
