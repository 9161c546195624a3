import { useId } from 'react';
import type { Bot } from '#lib/protocol/settings.ts';
import { Switch } from '#components/ui/switch.tsx';
import { whenShort } from '#components/ui/time-words.ts';
import css from './settings.module.css';

export interface AvailabilityRowProps {
  bot: Bot; maySwitch: boolean; now: number;
  /** On, but visitors get the offline path because nobody is connected (law 9). */
  isUnreachable: boolean; onSwitch: (on: boolean) => void;
}

/** The switch that applies at once, with who moved it last and when. */
export function AvailabilityRow({ bot, maySwitch, now, isUnreachable, onSwitch }: AvailabilityRowProps) {
  const id = useId();
  return (
    <div className={css.stack} aria-describedby={id} role="group" aria-label={`Availability of ${bot.name}`}>
      <Switch label="Agents available" checked={bot.availability.on} disabled={!maySwitch} onChange={onSwitch} hint={availabilityWords(bot, now)} />
      <p id={id} className={isUnreachable ? css.bad : css.mut}>
        {isUnreachable ? 'Nobody is connected right now, so visitors see the offline message. It recovers by itself.' : 'Applies at once, without saving.'}
        {maySwitch ? null : ' Only leads and admins can switch this.'}
      </p>
    </div>
  );
}

/** "On since 14:02, by Sam". */
export function availabilityWords({ availability: { on, by, at } }: Pick<Bot, 'availability'>, now: number): string {
  const state = on ? 'On: visitors can reach a person' : 'Off: visitors see the offline message';
  return by ? `${state}. Switched ${on ? 'on' : 'off'} by ${by.name}, ${whenShort(at, now)}.` : `${state}.`;
}
