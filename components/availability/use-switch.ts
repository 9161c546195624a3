import { useEffect, useState } from 'react';
import type { AvailabilityState } from './summary.ts';

export interface AvailabilitySwitch {
  /** What the switch shows: what was asked for, until the companion has spoken. */
  shown: AvailabilityState; asks: boolean; error: string | null;
  flip: (on: boolean) => void; confirm: () => void; keep: () => void;
}

/** The companion has answered; its row is on its way through the worker's database. */
const TRUTH_AFTER_MS = 2_000;

/**
 * Optimistic: shows the wish at once and flips back in words when it fails. Turning off with people waiting asks first.
 * @param onSet null when done, or why not
 */
export function useSwitch(state: AvailabilityState, waitingCount: number, onSet: (on: boolean) => Promise<string | null>): AvailabilitySwitch {
  const [wish, setWish] = useState<boolean | null>(null);
  const [asks, setAsks] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const done = wish !== null && state.value === (wish ? 'on' : 'off');
  useEffect(() => { if (done) setWish(null); }, [done]);
  const set = async (on: boolean) => {
    setAsks(false);
    setError(null);
    setWish(on);
    const refused = await onSet(on);
    if (refused === null) {
      // Somebody may have switched it back before this was seen: the truth has the last word.
      setTimeout(() => setWish(null), TRUTH_AFTER_MS);
      return;
    }
    setWish(null);
    setError(refused);
  };
  return {
    shown: wish === null ? state : { ...state, value: wish ? 'on' : 'off', by: null, bots: state.bots.map((bot) => ({ ...bot, on: wish })) },
    asks, error,
    flip: (on) => { if (!on && waitingCount > 0) setAsks(true); else void set(on); },
    confirm: () => void set(false),
    keep: () => setAsks(false),
  };
}
