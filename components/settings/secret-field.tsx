import { useState } from 'react';
import type { SecretList, SecretName } from '#lib/protocol/secret.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { CopyButton } from './copy-button.tsx';
import css from './settings.module.css';

export type SecretState = SecretList;
export interface SecretFieldProps {
  name: SecretName; label: string; hint: string; isReadOnly: boolean; secrets: SecretState | null;
  /** Makes a new one, for a secret that both sides only have to share. */
  make?: () => string;
  /** Null removes it. Answers whether it was done. */
  onSecret: (name: SecretName, value: string | null) => Promise<boolean>;
}

const dateWords = (at: number): string => new Date(at).toLocaleDateString(undefined, { dateStyle: 'medium' });

/** A key that can be set, replaced and removed, and is never shown again once it is saved. */
export function SecretField({ name, label, hint, isReadOnly, secrets, make, onSecret }: SecretFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const setAt = secrets?.secrets.find((one) => one.name === name)?.setAt ?? null;
  const save = async (value: string | null): Promise<void> => {
    setBusy(true);
    const done = await onSecret(name, value);
    setBusy(false);
    if (!done) return;
    setTyped(null);
    setMade(make && value !== null ? value : null);
  };
  if (!secrets) return isReadOnly ? <p className={css.mut}>{label}: only admins can set it.</p> : null;
  if (!secrets.canKeep) return <p className={css.bad}>{label}: this companion cannot keep secrets yet. Its operator sets the same SECRET_KEY on every node.</p>;
  return (
    <div className={css.stack} role="group" aria-label={label}>
      {typed === null ? (
        <div className={css.row}>
          <span className={css.grow}><span className={css.name}>{label}</span><br /><span className={css.mut}>{setAt === null ? `Not set. ${hint}` : `Set on ${dateWords(setAt)}; it is not shown again.`}</span></span>
          {make ? <Button small disabled={isReadOnly || isBusy} onClick={() => void save(make())}>Make a new secret</Button> : null}
          <Button small disabled={isReadOnly || isBusy} onClick={() => setTyped('')}>{setAt === null ? 'Set' : 'Replace'}</Button>
          {setAt === null ? null : <Button small look="danger" disabled={isReadOnly || isBusy} onClick={() => void save(null)}>Remove</Button>}
        </div>
      ) : (
        <>
          <TextField label={label} type="password" value={typed} autoComplete="off" hint={hint} onChange={(event) => setTyped(event.currentTarget.value)} />
          <div className={css.row}>
            <Button small look="primary" disabled={isBusy || typed.trim() === ''} onClick={() => void save(typed.trim())}>Save {label.toLowerCase()}</Button>
            <Button small look="quiet" disabled={isBusy} onClick={() => setTyped(null)}>Cancel</Button>
          </div>
        </>
      )}
      {made ? (
        <div className={css.stack}>
          <code className={css.code}>{made}</code>
          <div className={css.row}><CopyButton text={made} label="Copy secret" /><Button small look="quiet" onClick={() => setMade(null)}>Done</Button></div>
          <p className={css.mut}>Saved. Give it to your bot now: it is not shown again.</p>
        </div>
      ) : null}
    </div>
  );
}
