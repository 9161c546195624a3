import { DAY, MINUTE } from '#lib/base/time.ts';
import type { WorkspaceId } from '#lib/protocol/ids.ts';
import type { Workspace } from '#lib/protocol/settings.ts';

/** A command's id is remembered this long. */
export const COMMANDS_KEPT_MS = 30 * DAY;

/** A workspace as it begins: the defaults of PRODUCT.md section 4. */
export const newWorkspace = (id: WorkspaceId, name: string): Workspace => ({
  id, name, seq: 1, agentsMaySwitch: true, waitingTooLongMs: 3 * MINUTE, claimIdleMs: 5 * MINUTE, reopenWithinMs: 30 * MINUTE, archiveAfterMs: 30 * DAY,
});
