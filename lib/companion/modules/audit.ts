import { AuditQuery } from '#lib/protocol/audit.ts';
import type { Core } from '../core.ts';
import { WORKSPACE_ID } from '../workspace.ts';
import { queryOf, refusal, type Http } from './parts.ts';

/** One page of the audit log, newest first. */
export async function listAudit(core: Core, c: Http): Promise<Response> {
  const query = AuditQuery.safeParse(queryOf(c));
  if (!query.success) return refusal(c, 400, 'malformed', `${String(query.error.issues[0]?.path[0] ?? 'The query')} cannot be read: ${query.error.issues[0]?.message ?? ''}`);
  return c.json(await core.store.auditLog(WORKSPACE_ID, query.data), 200, { 'cache-control': 'no-store' });
}
