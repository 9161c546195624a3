import { useSyncExternalStore } from 'react';
import { SECOND } from '#lib/base/time.ts';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let second = Math.floor(Date.now() / SECOND) * SECOND;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Nobody was looking: the last tick may be long ago.
  if (timer === null) second = Math.floor(Date.now() / SECOND) * SECOND;
  timer ??= setInterval(() => {
    second = Math.floor(Date.now() / SECOND) * SECOND;
    for (const each of listeners) each();
  }, SECOND);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/**
 * The companion's time in whole seconds, epoch ms; every caller on a page shares one tick.
 * @param clockOffset server − local, ms
 */
export function useNow(clockOffset: number): number {
  return useSyncExternalStore(subscribe, () => second) + clockOffset;
}
