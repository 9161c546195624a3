import { createBucket } from './bucket.ts';

/** Frames that make the companion read from its store. Their client waits for an answer. */
const READS: ReadonlySet<string> = new Set(['ping', 'sync', 'watch', 'fetch']);
/** Frames that only hint: a lost one costs nothing that the next does not bring. */
const SIGNS: ReadonlySet<string> = new Set(['typing', 'draft', 'applied', 'unwatch']);

/** What may happen to a frame: `forget` it without a word, or `end` its socket, so that its client comes back and asks once. */
export type Verdict = 'take' | 'forget' | 'end';

/** How fast one socket may ask and hint; commands have limits of their own. Asked before anything is read. */
export function createPace(): (type: string, now: number) => Verdict {
  const reads = createBucket(120, 30);
  const signs = createBucket(60, 20);
  return (type, now) => {
    if (READS.has(type)) return reads.take(now) ? 'take' : 'end';
    if (SIGNS.has(type)) return signs.take(now) ? 'take' : 'forget';
    return 'take';
  };
}
