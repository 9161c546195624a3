import * as z from 'zod';

/** Every privileged act there is; nothing else can be written into the log. */
export const AUDIT_ACTS = [
  'availability.set', 'bot.add', 'bot.save', 'workspace.save',
  'member.add', 'member.role', 'member.revoke', 'member.code', 'device.add', 'device.revoke',
  'knowledge.add', 'knowledge.change', 'knowledge.accept', 'knowledge.remove', 'secret.put', 'secret.remove', 'conversations.export', 'visitor.export', 'visitor.delete', 'retention', 'conversation.release',
] as const;
export const AuditAct = z.enum(AUDIT_ACTS);
export type AuditAct = z.infer<typeof AuditAct>;

/** Who did it: a member, the operator of the machine, or Baton itself (`system`). */
export const AuditActor = z.object({ id: z.string().max(64), name: z.string() });
export type AuditActor = z.infer<typeof AuditActor>;
export const SYSTEM: AuditActor = { id: 'system', name: 'Baton' };

/** One act. Ids, names and settings; never what somebody wrote, a token, a code or an e-mail address. */
export const AuditDraft = z.object({
  by: AuditActor, what: AuditAct,
  /** Id of what it was done to; null: the workspace. */
  target: z.string().max(200).nullable(),
  /** Only what differs. */
  before: z.json(), after: z.json(),
});
export type AuditDraft = z.infer<typeof AuditDraft>;

/** Append-only. `n` is dense from 1 in its workspace; `hash` covers this entry and the hash before it (lib/companion/audit). */
export const AuditEntry = AuditDraft.extend({ n: z.int().positive(), at: z.int(), hash: z.string().regex(/^[0-9a-f]{64}$/) });
export type AuditEntry = z.infer<typeof AuditEntry>;

/** `GET /api/audit`: newest first; `before`: keyset, the `n` of the last entry held. */
export const AuditQuery = z.object({ before: z.coerce.number().int().positive().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });
export type AuditQuery = z.infer<typeof AuditQuery>;
export const AuditPage = z.object({ entries: z.array(AuditEntry), more: z.boolean() });
export type AuditPage = z.infer<typeof AuditPage>;
