/** A token bucket: `burst` at once, then `perSecond`. */
export interface Bucket { take(now: number): boolean }

export function createBucket(burst: number, perSecond: number): Bucket {
  let tokens = burst;
  let last = 0;
  return {
    take(now) {
      if (last) tokens = Math.min(burst, tokens + ((now - last) / 1000) * perSecond);
      last = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

/** Buckets by key, for instance an address; those unused for a minute are forgotten. */
export function createBuckets(burst: number, perSecond: number): { take(key: string, now: number): boolean } {
  const buckets = new Map<string, { bucket: Bucket; at: number }>();
  let swept = 0;
  return {
    take(key, now) {
      if (now - swept > 60_000) {
        swept = now;
        for (const [old, { at }] of buckets) if (now - at > 60_000 + (burst / perSecond) * 1000) buckets.delete(old);
      }
      const entry = buckets.get(key) ?? { bucket: createBucket(burst, perSecond), at: now };
      entry.at = now;
      buckets.set(key, entry);
      return entry.bucket.take(now);
    },
  };
}
