import { HOUR } from '#lib/base/time.ts';
import { uuid } from '#lib/base/uuid.ts';
import { owedFor } from './bot/patience.ts';
import type { Core } from './core.ts';
import { WORKSPACE_ID } from './workspace.ts';

const EVERY_MS = 3_000;
const PRUNE_EVERY_MS = HOUR;

/** Releases idle claims, archives what was resolved long ago, deletes what is past its time, and takes up turns that are still owed; on one node for all. */
export function startClock(core: Core): { close(): void } {
  let busy = false;
  let pruneAt = 0;
  const tick = async (): Promise<void> => {
    if (!await core.store.leads()) return;
    const { owed, release, archive, forget } = await core.store.due(WORKSPACE_ID, Date.now());
    for (const conversationId of release) await core.act({ kind: 'conversation', id: uuid(), conversationId, what: { by: 'clock', act: { type: 'clock.release' } } });
    for (const conversationId of archive) await core.act({ kind: 'conversation', id: uuid(), conversationId, what: { by: 'clock', act: { type: 'clock.archive' } } });
    if (forget.length > 0) await core.act({ kind: 'retention', id: uuid(), conversations: forget });
    for (const one of owed) if (one.lastAt < Date.now() - owedFor(core.settings.bot(one.botId)?.engine)) core.kick.current(one);
    if (Date.now() < pruneAt) return;
    pruneAt = Date.now() + PRUNE_EVERY_MS;
    await core.store.prune(Date.now());
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    tick().catch((error: unknown) => core.log.error({ error }, 'The clock failed; it tries again')).finally(() => { busy = false; });
  }, EVERY_MS);
  return { close: () => clearInterval(timer) };
}
