import { DAY, HOUR, MINUTE, SECOND } from '#lib/base/time.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** A running time: "0:09", "6:12", "1 h 05", "3 d". Never negative, whatever the clocks say. */
export function elapsed(ms: number): string {
  const time = Math.max(0, ms);
  if (time >= DAY) return `${Math.floor(time / DAY)} d`;
  if (time >= HOUR) return `${Math.floor(time / HOUR)} h ${two(Math.floor((time % HOUR) / MINUTE))}`;
  return `${Math.floor(time / MINUTE)}:${two(Math.floor((time % MINUTE) / SECOND))}`;
}

/** The same to be heard: "6 min", "less than a minute". */
export function elapsedAloud(ms: number): string {
  if (ms < MINUTE) return 'less than a minute';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} days`;
}

const timeFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

export const timeOfDay = (at: number): string => timeFormat.format(at);

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** "Today", "Yesterday", "Mon, 16 Nov", in the reader's calendar. */
export function dayName(at: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY);
  if (days === 0) return 'Today';
  return days === 1 ? 'Yesterday' : dayFormat.format(at);
}

/** "14:02" today, "Mon, 16 Nov" before. */
export const whenShort = (at: number, now: number): string => (startOfDay(at) === startOfDay(now) ? timeOfDay(at) : dayName(at, now));
