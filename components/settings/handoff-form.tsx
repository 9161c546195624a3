import { LABEL_MAX, OFFLINE_MESSAGE_MAX } from '#lib/protocol/limits.ts';
import { DEFAULT_AGENT_LABEL, DEFAULT_OFFLINE_MESSAGE, type HandoffSettings, type TriggerMode } from '#lib/protocol/settings.ts';
import { TextArea, TextField } from '#components/ui/field.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { MODE_NAMES, type BotErrors } from './bot-settings.ts';

const MODE_HINTS: Record<TriggerMode, string> = {
  button: 'A “Talk to a person” button is always shown; the visitor presses it.',
  auto: 'The bot offers a person when it can’t help; the visitor decides.',
  both: 'The button is always shown, and the bot offers a person when it can’t help.',
};
const MODE_OPTIONS = (['button', 'auto', 'both'] as const).map((value) => ({ value, label: MODE_NAMES[value], hint: MODE_HINTS[value] }));

export interface HandoffFormProps { settings: HandoffSettings; errors: BotErrors; isReadOnly: boolean; onChange: (settings: HandoffSettings) => void }

/** What visitors see of the handoff: rows S1 and S4 to S8. Saved by the page, never by itself. */
export function HandoffForm({ settings, errors, isReadOnly, onChange }: HandoffFormProps) {
  const set = (change: Partial<HandoffSettings>) => onChange({ ...settings, ...change });
  return (
    <>
      <Switch label="Enable human handoff" checked={settings.enabled} disabled={isReadOnly} onChange={(enabled) => set({ enabled })}
        hint="Off: no button and no offers. A visitor who asks for a person is told honestly that there is none in this chat." />
      <RadioGroup label="Trigger mode" value={settings.mode} options={MODE_OPTIONS} disabled={isReadOnly} onChange={(mode) => set({ mode })} />
      <TextArea label="Offline message" value={settings.offlineMessage} disabled={isReadOnly} limit={OFFLINE_MESSAGE_MAX} error={errors.offlineMessage}
        placeholder={DEFAULT_OFFLINE_MESSAGE} onChange={(event) => set({ offlineMessage: event.currentTarget.value })}
        hint={<>Empty: the default message is used. It is “{DEFAULT_OFFLINE_MESSAGE}”<br />
          Only promise a time you keep. With “We reply within 24 hours on working days.” the promise is yours; Baton makes none by itself.</>} />
      <TextField label="Agent label" value={settings.agentLabel} disabled={isReadOnly} limit={LABEL_MAX} error={errors.agentLabel}
        placeholder={DEFAULT_AGENT_LABEL} onChange={(event) => set({ agentLabel: event.currentTarget.value })}
        hint={`What visitors read when a person joins and on each of their messages, for example “Sarah from Support”. Empty: “${DEFAULT_AGENT_LABEL}”.`} />
      <Switch label="Keep handoff on while nobody is connected" checked={settings.keepOn} disabled={isReadOnly} onChange={(keepOn) => set({ keepOn })}
        hint={settings.keepOn
          ? 'On: visitors are told that a person will join although no agent is connected, and wait until one is. After a while they are offered the e-mail field.'
          : 'Off: while no agent is connected, visitors see the offline message, and handoff recovers by itself when one connects.'} />
    </>
  );
}
