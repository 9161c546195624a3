import { Settings } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { NAME_MAX } from '#lib/protocol/limits.ts';
import type { Bot } from '#lib/protocol/settings.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { TextField } from '#components/ui/field.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { availabilityWords } from './availability-row.tsx';
import { MODE_NAMES } from './bot-settings.ts';
import css from './settings.module.css';

export interface BotListProps { bots: readonly Bot[]; now: number; maySwitch: boolean; onSwitch: (bot: Bot, on: boolean) => void; onEdit: (bot: Bot) => void }

/** Every bot with its handoff state, its switch and the way to its settings. */
export function BotList({ bots, now, maySwitch, onSwitch, onEdit }: BotListProps) {
  if (bots.length === 0) return <EmptyState title="No bots yet.">An admin adds the first one with Add bot.</EmptyState>;
  return (
    <ul className={css.list}>
      {bots.map((bot) => (
        <li key={bot.id} className={css.item} aria-label={bot.name}>
          <div className={css.grow}>
            <h2 id={`bot-${bot.id}`}>{bot.name}</h2>
            {bot.handoff.enabled ? <StatusDot tone="ok">{`Handoff on, ${MODE_NAMES[bot.handoff.mode]}`}</StatusDot> : <StatusDot tone="off">Handoff off</StatusDot>}
          </div>
          <div className={css.grow}>
            <Switch label="Agents available" checked={bot.availability.on} disabled={!maySwitch} hint={availabilityWords(bot, now)} onChange={(on) => onSwitch(bot, on)} />
          </div>
          <Button aria-describedby={`bot-${bot.id}`} onClick={() => onEdit(bot)}><Settings size={16} aria-hidden="true" />Edit</Button>
        </li>
      ))}
    </ul>
  );
}

export interface AddBotProps { isOpen: boolean; onClose: () => void; onAdd: (name: string) => void }

/** Asks for a name only; everything else has a default and is set on the bot's own page. */
export function AddBot({ isOpen, onClose, onAdd }: AddBotProps) {
  const [name, setName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return setError('Give the bot a name.');
    if (name.trim().length > NAME_MAX) return setError(`At most ${NAME_MAX} characters.`);
    setName('');
    setError(null);
    return onAdd(name.trim());
  };
  return (
    <Dialog title="Add a bot" isOpen={isOpen} onClose={onClose}
      actions={<><Button onClick={onClose}>Cancel</Button><Button look="primary" type="submit" form="add-bot">Add</Button></>}>
      <form id="add-bot" noValidate onSubmit={submit}>
        <TextField label="Name" value={name} error={error} limit={NAME_MAX} autoComplete="off" onChange={(event) => setName(event.currentTarget.value)}
          hint="Handoff is off until you switch it on in its Support tab." />
      </form>
    </Dialog>
  );
}
