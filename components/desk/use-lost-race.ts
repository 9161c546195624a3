import { useEffect, useRef } from 'react';
import type { Pending } from '#components/thread/pending.ts';

/**
 * "Claim and reply" that lost: the words go back into the composer and the loser is told who won (law 6).
 * @param onLost called once per reply
 */
export function useLostRace(pending: Pending[], onLost: (pending: Pending) => void): void {
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const one of pending) {
      if (one.state !== 'failed' || one.refusal?.code !== 'taken' || told.current.has(one.id)) continue;
      told.current.add(one.id);
      onLost(one);
    }
  });
}
