import type { BotId, VisitorId } from '#lib/protocol/ids.ts';
import type { Core } from '../core.ts';
import type { Commit } from '../store/store.ts';

/** What happens to one visitor's conversations from now on. */
export interface VisitorWatch {
  /** Resolves when something happened since it was last asked, after `ms`, or when nobody waits any more. */
  next(ms: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

export function watchVisitor(core: Pick<Core, 'onCommit'>, botId: BotId, visitorId: VisitorId): VisitorWatch {
  let happened = false;
  let wake: (() => void) | null = null;
  const isTheirs = (commit: Commit): boolean => commit.rows.some((one) => one.kind === 'gone' || (one.kind === 'conversation' && one.row.botId === botId && one.row.visitor.id === visitorId));
  const stop = core.onCommit((commit) => {
    if (!isTheirs(commit)) return;
    happened = true;
    wake?.();
  });
  return {
    close: stop,
    next: (ms, signal) => new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        [wake, happened] = [null, false];
        resolve();
      };
      const timer = setTimeout(end, ms);
      wake = end;
      signal.addEventListener('abort', end);
      if (happened || signal.aborted) end();
    }),
  };
}
