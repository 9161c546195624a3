import type { AuditDraft } from '#lib/protocol/audit.ts';
import type { WorkspaceId } from '#lib/protocol/ids.ts';
import { nextEntry } from '../audit/chain.ts';
import type { Ground } from './ground.ts';

/** Writes entries into the log, each chained to the one before; in the transaction of what they tell of. */
export function appendAudit(ground: Pick<Ground, 'lastAudit' | 'addAudit'>, workspaceId: WorkspaceId, drafts: readonly AuditDraft[], at: number): void {
  for (const draft of drafts) ground.addAudit(nextEntry(ground.lastAudit(workspaceId), draft, at), workspaceId);
}
