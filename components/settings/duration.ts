import { DAY, MINUTE } from '#lib/base/time.ts';

export type DurationUnit = 'minutes' | 'days';
const LENGTH: Record<DurationUnit, number> = { minutes: MINUTE, days: DAY };
/** Ten years: longer is a slip of the finger. */
const MOST_MS = 3_650 * DAY;

export type DurationAnswer = { ok: true; ms: number } | { ok: false; words: string };

/** For the field: "3", "0.5"; at most two decimals. */
export const durationText = (ms: number, unit: DurationUnit): string => String(Math.round((ms / LENGTH[unit]) * 100) / 100);

const countOf = (count: string, unit: DurationUnit): string => `${count} ${count === '1' ? unit.slice(0, -1) : unit}`;

/** @param leastMs the shortest that makes sense; 0 where zero means never or at once */
export function readDuration(typed: string, unit: DurationUnit, leastMs: number): DurationAnswer {
  const text = typed.trim().replace(',', '.');
  if (!/^\d+(\.\d+)?$/.test(text)) return { ok: false, words: `Type a number of ${unit}, for example ${unit === 'minutes' ? '5' : '30'}.` };
  const ms = Math.round(Number(text) * LENGTH[unit]);
  if (ms < leastMs) return { ok: false, words: `At least ${countOf(durationText(leastMs, unit), unit)}.` };
  return ms > MOST_MS ? { ok: false, words: 'That is more than ten years.' } : { ok: true, ms };
}
