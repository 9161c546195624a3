import { MessageCircle, Settings } from 'lucide-react';
import type { Bot } from '#lib/protocol/settings.ts';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { availabilityWords } from './availability-row.tsx';
import { MODE_NAMES } from './bot-settings.ts';
import css from './settings.module.css';

export interface BotListProps {
  bots: readonly Bot[]; now: number; maySwitch: boolean; onSwitch: (bot: Bot, on: boolean) => void; onEdit: (bot: Bot) => void;
  /** Address of the bot's Playground. */
  playground: (bot: Bot) => string;
}

/** Every bot with its handoff state, its switch and the way to its settings. */
export function BotList({ bots, now, maySwitch, onSwitch, onEdit, playground }: BotListProps) {
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
          <div className={css.row}>
            <LinkButton href={playground(bot)} aria-describedby={`bot-${bot.id}`}><MessageCircle size={16} aria-hidden="true" />Playground</LinkButton>
            <Button aria-describedby={`bot-${bot.id}`} onClick={() => onEdit(bot)}><Settings size={16} aria-hidden="true" />Edit</Button>
          </div>
        </li>
      ))}
    </ul>
  );
}
