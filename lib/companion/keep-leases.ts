import { SECOND } from '#lib/base/time.ts';
import { uuid } from '#lib/base/uuid.ts';
import type { Core } from './core.ts';
import { WORKSPACE_ID } from './workspace.ts';

/** How often other nodes' leases are read: what a lost hint costs. */
const READ_MS = 5 * SECOND;
/** A node that is killed takes this much off the lease of its members, at most. */
const SAVE_MS = 15 * SECOND;

/**
 * Keeps the leases in the store: other nodes count them too, and after a restart or a kill visitors are not told "offline"
 * while agents' browsers connect again.
 */
export async function keepLeases(core: Core): Promise<{ close(): Promise<void> }> {
  const { store, leases, bus, log } = core;
  const node = uuid();
  let saved = '';
  let closing = false;
  const failed = (error: unknown): void => log.warn({ error }, 'The leases could not be kept: until they are, other nodes, and this one after a restart, may tell visitors that nobody is there');
  const read = async (): Promise<void> => leases.setOthers((await store.otherLeases(node)).filter(({ memberId }) => core.settings.member(memberId)?.revokedAt === null));
  const save = async (): Promise<void> => store.saveLeases(node, leases.own());
  await read();
  const stop = bus.subscribe(WORKSPACE_ID, (hint) => { if (hint.kind === 'presence' && !closing) read().catch(failed); });
  const forget = core.onPresence(() => {
    const now = leases.own().map(({ memberId }) => memberId).sort().join(' ');
    if (now === saved || closing) return;
    saved = now;
    save().then(() => { if (!closing) bus.publish({ kind: 'presence', workspaceId: WORKSPACE_ID }); }, failed);
  });
  const reading = setInterval(() => void read().catch(failed), READ_MS);
  const saving = setInterval(() => { if (leases.own().length > 0) save().catch(failed); }, SAVE_MS);
  return {
    async close() {
      closing = true;
      clearInterval(reading);
      clearInterval(saving);
      stop();
      forget();
      await save().catch(failed);
    },
  };
}
