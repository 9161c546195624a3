import { uuid } from '#lib/base/uuid.ts';
import { MemberId } from '#lib/protocol/ids.ts';
import { Role } from '#lib/protocol/settings.ts';
import type { Core } from '../core.ts';
import { makeCode } from '../devices.ts';
import { refusal, type Http } from '../modules/parts.ts';

const OPERATOR = { id: MemberId.parse('operator'), name: 'Operator', role: 'admin' as const };

/** A code for the first member of a role, who is made when there is none. */
export async function code(core: Core, c: Http): Promise<Response> {
  const role = Role.safeParse((await c.req.json().catch(() => ({})) as { role?: unknown }).role);
  if (!role.success) return refusal(c, 400, 'malformed', 'role must be agent, lead or admin.');
  const known = core.settings.members().find((one) => one.role === role.data && one.revokedAt === null);
  return c.json({ code: await makeCode(core, known?.id ?? await addMember(core, role.data, role.data)) });
}
export async function addMember(core: Core, name: string, role: Role): Promise<MemberId> {
  const memberId = MemberId.parse(uuid());
  const done = await core.act({ kind: 'workspace', id: uuid(), actor: OPERATOR, command: { type: 'member.add', memberId, name, role } });
  if (!done.ok) throw new Error(done.refusal.message);
  return memberId;
}
