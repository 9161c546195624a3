import type { ReactNode } from 'react';
import type { Channel, Status } from '#lib/protocol/conversation.ts';
import type { Bot } from '#lib/protocol/settings.ts';
import { STATUS_LABEL } from './row-words.ts';
import type { Filter } from './filter.ts';
import css from './filter-bar.module.css';

const CHANNEL_LABEL: Record<Channel, string> = { widget: 'Widget', playground: 'Playground', api: 'API' };
// Read from the labels: the lists of lib/protocol would bring the schema library into a page that parses nothing.
const STATUSES = Object.keys(STATUS_LABEL) as Status[];
const CHANNELS = Object.keys(CHANNEL_LABEL) as Channel[];

interface PickProps<T extends string> { label: string; value: T; options: { value: T; label: string }[]; onChange: (value: T) => void }
function Pick<T extends string>({ label, value, options, onChange }: PickProps<T>) {
  return (
    <select aria-label={label} className={css.control} value={value} onChange={(event) => { const next = options[event.currentTarget.selectedIndex]; if (next) onChange(next.value); }}>
      {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
    </select>
  );
}

export interface FilterBarProps { filter: Filter; bots: Bot[]; onChange: (filter: Filter) => void; children?: ReactNode }

/** Status, bot, channel and words; `children` is the line below (where the rows come from, Export CSV). */
export function FilterBar({ filter, bots, onChange, children }: FilterBarProps) {
  return (
    <div className={css.bar} role="search">
      <div className={css.search}>
        <input type="search" aria-label="Search conversations" placeholder="Search by name or text" className={css.control} value={filter.text} maxLength={200}
          onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })} />
      </div>
      <Pick label="Status" value={filter.status} onChange={(status) => onChange({ ...filter, status })}
        options={[{ value: '', label: 'Any status' }, ...STATUSES.map((value) => ({ value, label: STATUS_LABEL[value] }))]} />
      <Pick label="Bot" value={filter.botId} onChange={(botId) => onChange({ ...filter, botId })}
        options={[{ value: '', label: 'Any bot' }, ...bots.map((bot) => ({ value: bot.id, label: bot.name }))]} />
      <Pick label="Channel" value={filter.channel} onChange={(channel) => onChange({ ...filter, channel })}
        options={[{ value: '', label: 'Any channel' }, ...CHANNELS.map((value) => ({ value, label: CHANNEL_LABEL[value] }))]} />
      {children ? <div className={css.line}>{children}</div> : null}
    </div>
  );
}
