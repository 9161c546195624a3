import { watch } from 'node:fs';
import { join } from 'node:path';
import { build, TARGETS } from './build.ts';
import { ROOT } from './paths.ts';

/** An editor writes a file in several steps; one build for all of them. */
const SETTLE_MS = 200;

/**
 * For `npm run dev`: builds again what a changed file belongs to. (The companion restarts itself: `node --watch`.)
 * @param built called after each build with the names of what was built
 */
export function watchSources(built: (names: string[]) => Promise<void>, failed: (error: unknown) => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  const again = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => { last = last.then(() => build()).then((names) => names.length ? built(names) : undefined).catch(failed); }, SETTLE_MS);
  };
  const folders = new Set(TARGETS.flatMap((target) => target.sources));
  const watchers = [...folders].map((folder) => watch(join(ROOT, folder), { recursive: true }, again));
  return {
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
