import type { Bus } from './bus.ts';
import type { Commit } from '../store/store.ts';

/** The bus of one process. A listener that throws does not keep the others from hearing. */
export function createLocalBus(onError: (error: unknown) => void = (error) => queueMicrotask(() => { throw error; })): Bus {
  const listeners = new Map<string, Set<(commit: Commit) => void>>();
  return {
    publish(commit) {
      for (const listener of listeners.get(commit.workspaceId) ?? []) {
        try {
          listener(commit);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(workspaceId, listener) {
      const set = listeners.get(workspaceId) ?? new Set();
      listeners.set(workspaceId, set.add(listener));
      return () => set.delete(listener);
    },
    async close() {
      listeners.clear();
    },
  };
}
