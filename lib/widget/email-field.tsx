/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { WORDS } from './words.ts';

/** Asks for an address, then says thanks with a way to change it. @param email what the server holds */
export function EmailField({ email, onLeave }: { email: string | null; onLeave(email: string): void }) {
  const [editing, setEditing] = useState(false);
  const [wrong, setWrong] = useState(false);
  if (email && !editing) {
    return <p class="email" role="status">{WORDS.thanks(email)} <button type="button" class="plain" onClick={() => { setEditing(true); }}>{WORDS.change}</button></p>;
  }
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem('email') as HTMLInputElement;
    const value = field.value.trim();
    const bad = !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(value) || value.length > 254;
    setWrong(bad);
    if (bad) { field.focus(); return; }
    setEditing(false);
    onLeave(value);
  };
  return (
    <form class="email" noValidate onSubmit={submit}>
      <label for="email">{WORDS.email}</label>
      <div class="row">
        <input id="email" name="email" type="email" autocomplete="email" defaultValue={email ?? ''} aria-invalid={wrong} aria-describedby={wrong ? 'email-wrong' : undefined} />
        <button type="submit" class="chip">{WORDS.leave}</button>
      </div>
      {wrong && <p id="email-wrong" class="wrong" role="alert">{WORDS.badEmail}</p>}
    </form>
  );
}
