import * as z from 'zod';
import { uuid } from '#lib/base/uuid.ts';
import { MemberId } from '#lib/protocol/ids.ts';
import { NAME_MAX } from '#lib/protocol/limits.ts';
import { Role, type Member } from '#lib/protocol/settings.ts';
import type { Op, WorkspaceCommand } from '#lib/handoff/op.ts';
import { makeCode } from '../devices.ts';
import type { Committed, Store } from '../store/store.ts';
import { WORKSPACE_ID } from '../workspace.ts';

/** Whoever can read the data folder: may do what an admin may. */
const OPERATOR = { id: MemberId.parse('operator'), name: 'Operator', role: 'admin' as const };

/** What `npm run baton` can ask for; the same through the running companion and on a store of its own. */
export const PeopleRequest = z.discriminatedUnion('do', [
  z.object({ do: z.literal('list') }),
  z.object({ do: z.literal('add'), name: z.string().trim().min(1, 'a name is needed').max(NAME_MAX, `a name has at most ${NAME_MAX} characters`), role: Role }),
  z.object({ do: z.literal('code'), name: z.string().trim().min(1) }),
  z.object({ do: z.literal('revoke'), name: z.string().trim().min(1) }),
]);
export type PeopleRequest = z.infer<typeof PeopleRequest>;
export type PeopleAnswer = { ok: true; members: Member[]; code?: string } | { ok: false; message: string };
export interface People { store: Pick<Store, 'members' | 'addPairingCode' | 'revokeDevices'>; submit(op: Op): Promise<Committed> }

/** @returns the members it is about, and a code for whoever was added or asked for one */
export async function people(parts: People, asked: PeopleRequest): Promise<PeopleAnswer> {
  const members = (await parts.store.members(WORKSPACE_ID)).filter((one) => one.revokedAt === null);
  if (asked.do === 'list') return { ok: true, members };
  const named = members.filter((one) => sameName(one.name, asked.name) || ('name' in asked && one.id === asked.name));
  if (asked.do === 'add') {
    if (named.length > 0) return { ok: false, message: `There is a member named ${asked.name} already. For another code: member code "${asked.name}"` };
    return await withCode(parts, await addMember(parts, asked.name, asked.role));
  }
  const [member, second] = named;
  if (!member) return { ok: false, message: `There is no member named ${asked.name}. Members: ${members.map(({ name }) => name).join(', ') || 'none yet'}` };
  if (second) return { ok: false, message: `More than one member is named ${asked.name}. Name one by id: ${named.map(({ id, role }) => `${id} (${role})`).join(', ')}` };
  if (asked.do === 'code') return await withCode(parts, member);
  const done = await command(parts, { type: 'member.revoke', memberId: member.id });
  if (!done.ok) return { ok: false, message: done.refusal.message };
  await parts.store.revokeDevices(member.id, Date.now());
  return { ok: true, members: [member] };
}

/** A code for the first member of a role, who is made when there is none. */
export async function codeForRole(parts: People, role: Role): Promise<string> {
  const members = await parts.store.members(WORKSPACE_ID);
  const known = members.find((one) => one.role === role && one.revokedAt === null);
  return await makeCode(parts, (known ?? await addMember(parts, freeName(members, role), role)).id, OPERATOR);
}

const sameName = (one: string, other: string): boolean => one.localeCompare(other, undefined, { sensitivity: 'accent' }) === 0;
const FIRST_NAMES: Record<Role, string> = { agent: 'Agent', lead: 'Lead', admin: 'Admin' };
function freeName(members: Member[], role: Role): string {
  const name = FIRST_NAMES[role];
  return members.some((one) => one.revokedAt === null && sameName(one.name, name)) ? `${name} 2` : name;
}
async function withCode(parts: People, member: Member): Promise<PeopleAnswer> {
  return { ok: true, members: [member], code: await makeCode(parts, member.id, OPERATOR) };
}
const command = (parts: People, asked: WorkspaceCommand): Promise<Committed> =>
  parts.submit({ workspaceId: WORKSPACE_ID, id: uuid(), now: Date.now(), connected: [], kind: 'workspace', actor: OPERATOR, command: asked });

async function addMember(parts: People, name: string, role: Role): Promise<Member> {
  const memberId = MemberId.parse(uuid());
  const done = await command(parts, { type: 'member.add', memberId, name, role });
  const row = done.ok ? done.commit?.rows.find((one) => one.kind === 'member') : undefined;
  if (!row || row.kind !== 'member') throw new Error(done.ok ? 'The store added nobody' : done.refusal.message);
  return row.row;
}
