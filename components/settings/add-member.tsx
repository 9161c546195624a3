import { useState, type FormEvent } from 'react';
import { NAME_MAX } from '#lib/protocol/limits.ts';
import type { Role } from '#lib/protocol/settings.ts';
import { Button } from '#components/ui/button.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { CopyButton } from './copy-button.tsx';
import { ROLE_OPTIONS } from './team-list.tsx';
import css from './settings.module.css';

/** Asks for name and role. `onAdd` answers whether it was done; only then the name is emptied. */
export function AddMember({ onAdd }: { onAdd: (name: string, role: Role) => Promise<boolean> }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const text = name.trim();
    if (!text || text.length > NAME_MAX) return setError(text ? `At most ${NAME_MAX} characters.` : 'Type the name the team knows them by.');
    setError(null);
    return await onAdd(text, role) ? setName('') : undefined;
  };
  return (
    <form className={css.card} noValidate onSubmit={submit} aria-labelledby="add-member">
      <h2 id="add-member">Add a member</h2>
      <TextField label="Name" value={name} error={error} autoComplete="off" onChange={(event) => setName(event.currentTarget.value)} hint="For the team only. Visitors see the agent label." />
      <SelectField label="Role" value={role} options={ROLE_OPTIONS} onChange={setRole}
        hint="Agents answer. Leads also release others’ conversations and export. Admins also change bots, settings and the team." />
      <div><Button type="submit">Add member</Button></div>
    </form>
  );
}

export interface NewCode { name: string; code: string }

/** A fresh one-time code; it is never shown again. */
export function CodeCard({ made, companion, onClose }: { made: NewCode; companion: string; onClose: () => void }) {
  return (
    <section className={css.card} aria-labelledby="code-title">
      <h2 id="code-title">Pairing code for {made.name}</h2>
      <p className={css.big} data-pairing-code>{made.code}</p>
      <p className={css.mut}>Works once and expires. It is not shown again; make a new one if it gets lost. They enter it with the address {companion}.</p>
      <div className={css.row}><CopyButton text={made.code} label="Copy code" /><Button small look="quiet" onClick={onClose}>Done</Button></div>
    </section>
  );
}
