/** Who replays now. */
export interface Running {
  /** `left`: aborted when the same person begins another with the same bot. Null: too many are running. @param stop whoever asked is gone */
  begin(key: string, stop: AbortSignal): AbortSignal | null;
}

/** At most `most` at once, one for each key: a newer one takes the place of the older, so that nobody waits for what they left behind. */
export function createRunning(most: number): Running {
  const running = new Map<string, AbortController>();
  return {
    begin(key, stop) {
      if (stop.aborted || (!running.has(key) && running.size >= most)) return null;
      running.get(key)?.abort(new Error('Another replay of yours took its place.'));
      const own = new AbortController();
      running.set(key, own);
      const signal = AbortSignal.any([own.signal, stop]);
      signal.addEventListener('abort', () => { if (running.get(key) === own) running.delete(key); }, { once: true });
      return signal;
    },
  };
}
