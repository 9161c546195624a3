import { useCallback, useState } from 'react';
import { uuid } from '#lib/base/uuid.ts';
import type { MemberId } from '#lib/protocol/ids.ts';
import type { Member, Role, WorkspaceSettings } from '#lib/protocol/settings.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { AddMember, CodeCard, type NewCode } from '#components/settings/add-member.tsx';
import css from '#components/settings/settings.module.css';
import { ROLE_NAMES, TeamList } from '#components/settings/team-list.tsx';
import { WorkspaceForm } from '#components/settings/workspace-form.tsx';
import type { OptionsData } from './data.ts';
import { useLeaveGuard } from './use-bot-draft.ts';
import type { Notice } from './use-notice.ts';

/** The Team tab: members with their codes and roles, and the rules of the workspace. */
export function TeamScreen({ data, notice }: { data: OptionsData; notice: Notice }) {
  const [made, setMade] = useState<NewCode | null>(null);
  const [isDirty, setDirty] = useState(false);
  const [isSaving, setSaving] = useState(false);
  useLeaveGuard(useCallback(() => isDirty, [isDirty]));
  const isAdmin = data.self?.member.role === 'admin';
  const isReadOnly = !isAdmin || data.link.name !== 'online';
  const newCode = async (memberId: MemberId, name: string) => {
    const answer = await notice.perform({ type: 'member.code', memberId }, `A new pairing code for ${name} was made.`);
    if (answer?.result?.code) setMade({ name, code: answer.result.code });
  };
  const add = async (name: string, role: Role): Promise<boolean> => {
    const memberId = uuid() as MemberId;
    const answer = await notice.perform({ type: 'member.add', memberId, name, role }, `${name} was added.`);
    if (!answer) return false;
    if (answer.result?.code) setMade({ name, code: answer.result.code });
    else await newCode(answer.result?.memberId ?? memberId, name);
    return true;
  };
  const save = async (settings: WorkspaceSettings): Promise<boolean> => {
    setSaving(true);
    const answer = await notice.perform({ type: 'workspace.save', settings }, 'Saved.');
    setSaving(false);
    return answer !== null;
  };
  const change = (member: Member, role: Role) => void notice.perform({ type: 'member.role', memberId: member.id, role }, `${member.name} is now ${ROLE_NAMES[role]}.`);
  return (
    <>
      <div className={css.heading}><h1>Team</h1>{isAdmin ? null : <span className={css.mut}>Only admins can change these.</span>}</div>
      <div className={css.columns}>
        <div className={css.col}>
          {made ? <CodeCard made={made} companion={data.self?.companion ?? ''} onClose={() => setMade(null)} /> : null}
          <TeamList members={data.members} selfId={data.self?.member.id ?? null} connected={new Set(data.presence.connected.map(({ memberId }) => memberId))}
            isReadOnly={isReadOnly} onRole={change} onNewCode={(member) => void newCode(member.id, member.name)}
            onRevoke={(member) => void notice.perform({ type: 'member.revoke', memberId: member.id }, `${member.name} was revoked.`)} />
          {isReadOnly ? null : <AddMember onAdd={add} />}
        </div>
        {data.workspace ? <WorkspaceForm settings={data.workspace} isReadOnly={isReadOnly} isSaving={isSaving} onDirty={setDirty} onSave={save} />
          : <EmptyState title="The workspace’s settings have not arrived yet." />}
      </div>
    </>
  );
}
