import { useState, type FormEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import type { PairProblem } from './pair-words.ts';
import css from './settings.module.css';

export interface ConnectionFormProps { address: string; isBusy: boolean; problem: PairProblem | null; onConnect: (address: string, code: string) => void }

/** Where the companion is and the one-time code; each way it can fail is said at its field. */
export function ConnectionForm({ address: first, isBusy, problem, onConnect }: ConnectionFormProps) {
  const [address, setAddress] = useState(first);
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState<{ address?: string; code?: string }>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const lacks = { ...(address.trim() ? {} : { address: 'Type the address an admin gave you.' }),
      ...(/^[A-Za-z0-9]{4}-?[A-Za-z0-9]{4}$/.test(code.trim()) ? {} : { code: 'A pairing code has eight letters or digits, like K7PM-2QXD.' }) };
    setMissing(lacks);
    if (lacks.address ?? lacks.code) return;
    onConnect(address.trim(), code.trim().toUpperCase());
  };
  const errorAt = (field: 'address' | 'code'): string | null => missing[field] ?? (problem?.field === field ? problem.text : null);
  return (
    <form className={css.card} noValidate onSubmit={submit} aria-labelledby="connect-title">
      <h2 id="connect-title">Connect this browser</h2>
      <TextField label="Companion address" value={address} error={errorAt('address')} inputMode="url" autoComplete="off" spellCheck={false}
        placeholder="https://chat.example" hint="Where your team’s companion runs. On this computer: http://127.0.0.1:8787"
        onChange={(event) => { setAddress(event.currentTarget.value); setMissing({}); }} />
      <TextField label="Pairing code" value={code} error={errorAt('code')} autoComplete="off" spellCheck={false} autoCapitalize="characters"
        hint="From the Team tab of an admin; it works once." onChange={(event) => { setCode(event.currentTarget.value); setMissing({}); }} />
      <div><Button type="submit" look="primary" disabled={isBusy}>{isBusy ? 'Connecting…' : 'Connect'}</Button></div>
    </form>
  );
}
