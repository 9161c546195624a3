import { useState } from 'react';
import { DAY, SECOND } from '#lib/base/time.ts';
import { NAME_MAX } from '#lib/protocol/limits.ts';
import type { WorkspaceSettings } from '#lib/protocol/settings.ts';
import { TextField } from '#components/ui/field.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { durationText, readDuration, type DurationUnit } from './duration.ts';
import { SaveBar } from './save-bar.tsx';
import css from './settings.module.css';

type DurationKey = 'waitingTooLongMs' | 'claimIdleMs' | 'reopenWithinMs' | 'archiveAfterMs' | 'deleteAfterMs';
const DURATIONS: { key: DurationKey; label: string; unit: DurationUnit; leastMs: number; orNever?: boolean; hint: string }[] = [
  { key: 'waitingTooLongMs', label: 'Waiting too long after (minutes)', unit: 'minutes', leastMs: SECOND, hint: 'Then the widget offers the e-mail field; the place in the queue is kept.' },
  { key: 'claimIdleMs', label: 'Release an idle claim after (minutes)', unit: 'minutes', leastMs: 0, hint: 'Without a message, typing or draft of its agent. 0: never.' },
  { key: 'reopenWithinMs', label: 'Reopen within (minutes)', unit: 'minutes', leastMs: 0, hint: 'A visitor who writes this soon after Resolve comes back to the same agent. 0: never.' },
  { key: 'archiveAfterMs', label: 'Archive resolved after (days)', unit: 'days', leastMs: 0, hint: '0: never.' },
  { key: 'deleteAfterMs', label: 'Delete finished conversations after (days)', unit: 'days', leastMs: DAY, orNever: true,
    hint: 'Resolved and archived ones without a new line for so long are deleted for good, here and in every browser of your team. Open and escalated ones never. 0: never.' },
];
type Typed = Pick<WorkspaceSettings, 'name' | 'agentsMaySwitch'> & Record<DurationKey, string>;

const typedOf = (settings: WorkspaceSettings): Typed => ({ name: settings.name, agentsMaySwitch: settings.agentsMaySwitch,
  ...Object.fromEntries(DURATIONS.map(({ key, unit }) => [key, durationText(settings[key] ?? 0, unit)])) as Record<DurationKey, string> });

/** What was typed as settings, or the words at each field that cannot be. A field left alone keeps its exact value. */
export function readWorkspace(typed: Typed, settings: WorkspaceSettings): { settings: WorkspaceSettings; errors: Partial<Record<keyof Typed, string>> } {
  const errors: Partial<Record<keyof Typed, string>> = {};
  const read: WorkspaceSettings = { ...settings, name: typed.name.trim(), agentsMaySwitch: typed.agentsMaySwitch };
  if (!read.name || read.name.length > NAME_MAX) errors.name = `A name of 1 to ${NAME_MAX} characters.`;
  for (const { key, unit, leastMs, orNever } of DURATIONS) {
    // Left alone: also a setting that an older companion does not know stays away.
    if (typed[key] === durationText(settings[key] ?? 0, unit)) continue;
    const answer = orNever && Number(typed[key]) === 0 && typed[key].trim() !== '' ? { ok: true as const, ms: 0 } : readDuration(typed[key], unit, leastMs);
    if (answer.ok) read[key] = answer.ms;
    else errors[key] = answer.words;
  }
  return { settings: read, errors };
}

export interface WorkspaceFormProps { settings: WorkspaceSettings; isReadOnly: boolean; isSaving: boolean; onDirty: (isDirty: boolean) => void; onSave: (settings: WorkspaceSettings) => Promise<boolean> }

/** The rules that hold for every bot, in minutes and days. */
export function WorkspaceForm({ settings, isReadOnly, isSaving, onDirty, onSave }: WorkspaceFormProps) {
  const [typed, setTyped] = useState<Typed | null>(null);
  const now = typed ?? typedOf(settings);
  const { settings: read, errors } = readWorkspace(now, settings);
  const change = (part: Partial<Typed>) => { setTyped({ ...now, ...part }); onDirty(true); };
  const reset = () => { setTyped(null); onDirty(false); };
  const save = async () => { if (Object.keys(errors).length === 0 && await onSave(read)) reset(); };
  return (
    <section className={css.card} aria-labelledby="workspace-title">
      <h2 id="workspace-title">Workspace</h2>
      <TextField label="Workspace name" value={now.name} disabled={isReadOnly} error={errors.name} onChange={(event) => change({ name: event.currentTarget.value })} />
      <Switch label="Agents may switch Agents available" checked={now.agentsMaySwitch} disabled={isReadOnly} onChange={(agentsMaySwitch) => change({ agentsMaySwitch })}
        hint="Off: only leads and admins can." />
      {DURATIONS.map(({ key, label, hint }) => (
        <TextField key={key} label={label} hint={hint} value={now[key]} disabled={isReadOnly} error={errors[key]} inputMode="decimal"
          onChange={(event) => change({ [key]: event.currentTarget.value })} />
      ))}
      <div className={css.dock}><SaveBar isDirty={typed !== null} isSaving={isSaving} onSave={() => void save()} onDiscard={reset} /></div>
    </section>
  );
}
