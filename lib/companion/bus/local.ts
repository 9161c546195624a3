import type { Bus, Hint } from './bus.ts';

/** The bus of one process, and the part of every other that is inside one. A listener that throws does not keep the others from hearing. */
export function createLocalBus(onError: (error: unknown) => void = (error) => queueMicrotask(() => { throw error; })): Bus {
  const listeners = new Map<string, Set<(hint: Hint) => void>>();
  return {
    publish(hint) {
      for (const listener of listeners.get(hint.workspaceId) ?? []) {
        try {
          listener(hint);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(workspaceId, listener) {
      const set = listeners.get(workspaceId) ?? new Set();
      listeners.set(workspaceId, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(workspaceId) === set) listeners.delete(workspaceId);
      };
    },
    async close() {
      listeners.clear();
    },
  };
}
