import { useEffect, useState } from 'react';
import type { AvailabilityState } from './summary.ts';

export interface AvailabilitySwitch {
  /** What the switch shows: what was asked for, until the companion has spoken. */
  shown: AvailabilityState; asks: boolean; error: string | null;
  flip: (on: boolean) => void; confirm: () => void; keep: () => void;
}

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
    if (refused === null) return;
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
