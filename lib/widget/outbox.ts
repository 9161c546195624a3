import type { VisitorCommand } from '#lib/protocol/visitor.ts';
import type { Keep } from './storage.ts';

export interface Entry { frame: VisitorCommand; failed: string | null }
export interface Outbox {
  entries(): readonly Entry[];
  add(frame: VisitorCommand): void; done(id: string): void; fail(id: string, why: string): void; retry(id: string): void;
  /** Nothing waits any more. */
  forget(): void;
  /** The link was cut: what was under way is sent again. */
  rewind(): void;
  /** What may go out now, in order; each is returned once until `rewind`. */
  take(): VisitorCommand[];
}

const WINDOW = 16;
const key = (id: string): string => `out:${id}`;

/** One stored item per command, so that two tabs never overwrite each other's; ids sort in the order they were made. */
export function createOutbox(keep: Keep): Outbox {
  const flying = new Set<string>();
  const read = (name: string): Entry[] => {
    try {
      return [JSON.parse(keep.get(name) ?? '') as Entry];
    } catch {
      keep.remove(name); // not ours or damaged: it could never be sent
      return [];
    }
  };
  let list: Entry[] = keep.keys().filter((name) => name.startsWith('out:')).sort().flatMap(read);
  const change = (id: string, failed: string | null): void => {
    flying.delete(id);
    list = list.map((entry) => entry.frame.id === id ? { ...entry, failed } : entry);
    const entry = list.find((each) => each.frame.id === id);
    if (entry) keep.set(key(id), JSON.stringify(entry));
  };
  return {
    entries: () => list,
    add(frame) {
      list = [...list, { frame, failed: null }];
      keep.set(key(frame.id), JSON.stringify(list.at(-1)));
    },
    done(id) {
      flying.delete(id);
      list = list.filter((entry) => entry.frame.id !== id);
      keep.remove(key(id));
    },
    fail: change,
    retry: (id) => { change(id, null); },
    forget() { flying.clear(); list = []; },
    rewind: () => { flying.clear(); },
    take() {
      const ready = list.filter((entry) => !entry.failed && !flying.has(entry.frame.id)).slice(0, Math.max(0, WINDOW - flying.size)).map((entry) => entry.frame);
      for (const frame of ready) flying.add(frame.id);
      return ready;
    },
  };
}
