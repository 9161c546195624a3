import { useState } from 'react';
import { ROLES, type Member, type Role } from '#lib/protocol/settings.ts';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/field.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { Confirm } from './confirm.tsx';
import css from './settings.module.css';

export const ROLE_NAMES: Record<Role, string> = { agent: 'Agent', lead: 'Lead', admin: 'Admin' };
export const ROLE_OPTIONS = ROLES.map((value) => ({ value, label: ROLE_NAMES[value] }));

export interface TeamListProps {
  members: readonly Member[]; selfId: string | null; connected: ReadonlySet<string>; isReadOnly: boolean;
  onRole: (member: Member, role: Role) => void; onNewCode: (member: Member) => void; onRevoke: (member: Member) => void;
}

/** Who is on the team, connected or not; revoked members stay listed at the end. */
export function TeamList(props: TeamListProps) {
  const [doomed, setDoomed] = useState<Member | null>(null);
  const order = [...props.members].sort((one, other) => Number(one.revokedAt !== null) - Number(other.revokedAt !== null) || one.name.localeCompare(other.name));
  return (
    <>
      <ul className={css.list}>{order.map((member) => <TeamRow key={member.id} member={member} {...props} onRevoke={setDoomed} />)}</ul>
      <Confirm title={`Revoke ${doomed?.name ?? ''}?`} isOpen={doomed !== null} doIt="Revoke" onNo={() => setDoomed(null)} onYes={() => { if (doomed) props.onRevoke(doomed); }}>
        <p>Each browser of {doomed?.name} is signed out within a second and their code no longer works. What they wrote stays.</p>
      </Confirm>
    </>
  );
}

function TeamRow({ member, selfId, connected, isReadOnly, onRole, onNewCode, onRevoke }: TeamListProps & { member: Member }) {
  const isRevoked = member.revokedAt !== null;
  return (
    <li className={css.item} aria-label={member.name}>
      <div className={css.grow}>
        <p className={css.name}>{member.name}{member.id === selfId ? ' (you)' : ''}</p>
        {isRevoked ? <StatusDot tone="bad">Revoked</StatusDot> : connected.has(member.id) ? <StatusDot tone="ok">Connected</StatusDot> : <StatusDot tone="off">Not connected</StatusDot>}
      </div>
      {isReadOnly || isRevoked ? <span>{ROLE_NAMES[member.role]}</span> : (
        <>
          <SelectField label="Role" aria-label={`Role of ${member.name}`} value={member.role} options={ROLE_OPTIONS} onChange={(role) => onRole(member, role)} />
          <Button small aria-label={`New code for ${member.name}`} onClick={() => onNewCode(member)}>New code</Button>
          <Button small look="danger" aria-label={`Revoke ${member.name}`} onClick={() => onRevoke(member)}>Revoke</Button>
        </>
      )}
    </li>
  );
}
