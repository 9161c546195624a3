import { auditDraft } from '#lib/handoff/audit.ts';
import { SYSTEM, type AuditActor, type AuditDraft } from '#lib/protocol/audit.ts';
import type { Audited } from '../store/store.ts';
import { WORKSPACE_ID } from '../workspace.ts';

type About = Pick<AuditDraft, 'what'> & Partial<Pick<AuditDraft, 'target' | 'before' | 'after'>>;

/** An entry for what no op does. @param by null: Baton itself */
export const audited = (by: AuditActor | null, { what, target = null, before = null, after = null }: About): Audited =>
  ({ workspaceId: WORKSPACE_ID, at: Date.now(), draft: auditDraft({ by: by ?? SYSTEM, what, target, before, after }) });
