import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** This close to the end counts as the end, CSS px. */
const NEAR = 40;

export interface Stick { ref: RefObject<HTMLDivElement | null>; missed: number; onScroll: () => void; toEnd: () => void }

/**
 * Keeps a log at its end while its reader is there; counts what came while they read further up.
 * @param count how many items are at the end side; prepending older ones must not change `lastKey`
 */
export function useStick(count: number, lastKey: string | undefined): Stick {
  const ref = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const known = useRef({ count, lastKey });
  const [missed, setMissed] = useState(0);
  const toEnd = () => {
    const log = ref.current;
    if (log) log.scrollTop = log.scrollHeight;
    atEnd.current = true;
    setMissed(0);
  };
  useLayoutEffect(() => {
    const { count: before, lastKey: lastBefore } = known.current;
    known.current = { count, lastKey };
    if (atEnd.current) toEnd();
    else if (lastKey !== lastBefore) setMissed((now) => now + Math.max(1, count - before));
  }, [count, lastKey]);
  useLayoutEffect(() => {
    const log = ref.current;
    if (!log) return undefined;
    // The composer grows and shrinks the log; a reader at the end stays there.
    const observer = new ResizeObserver(() => { if (atEnd.current) log.scrollTop = log.scrollHeight; });
    observer.observe(log);
    return () => observer.disconnect();
  }, []);
  const onScroll = () => {
    const log = ref.current;
    if (!log) return;
    atEnd.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    if (atEnd.current) setMissed(0);
  };
  return { ref, missed, onScroll, toEnd };
}
