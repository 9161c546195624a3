import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** This close to the end counts as the end, CSS px. */
const NEAR = 40;

export interface Stick { ref: RefObject<HTMLDivElement | null>; missed: number; onScroll: () => void; toEnd: () => void }

/**
 * Keeps a log at its end while its reader is there; counts what came while they read further up.
 * @param firstKey changes when older items were put before, which is nothing new
 * @param ownKey the reader's own latest words on their way: writing leads to the end
 */
export function useStick(count: number, firstKey: string | undefined, ownKey: string | null): Stick {
  const ref = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const known = useRef({ count, firstKey, ownKey });
  const [missed, setMissed] = useState(0);
  const toEnd = () => {
    const log = ref.current;
    if (log) log.scrollTop = log.scrollHeight;
    atEnd.current = true;
    setMissed(0);
  };
  useLayoutEffect(() => {
    const before = known.current;
    known.current = { count, firstKey, ownKey };
    if (atEnd.current || (ownKey !== null && ownKey !== before.ownKey)) toEnd();
    else if (firstKey === before.firstKey && count > before.count) setMissed((now) => now + count - before.count);
  }, [count, firstKey, ownKey]);
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
