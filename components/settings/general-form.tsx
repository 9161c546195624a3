import { useState, type FormEvent } from 'react';
import { MESSAGE_MAX, NAME_MAX } from '#lib/protocol/limits.ts';
import type { BotSettings } from '#lib/protocol/settings.ts';
import { Button } from '#components/ui/button.tsx';
import { TextArea, TextField } from '#components/ui/field.tsx';
import type { BotErrors } from './bot-settings.ts';
import { CopyButton } from './copy-button.tsx';
import { readSite } from './site-words.ts';
import css from './settings.module.css';

export interface GeneralFormProps { settings: BotSettings; errors: BotErrors; isReadOnly: boolean; onChange: (settings: BotSettings) => void }

/** Name and greeting of a bot. */
export function GeneralForm({ settings, errors, isReadOnly, onChange }: GeneralFormProps) {
  return (
    <>
      <TextField label="Name" value={settings.name} disabled={isReadOnly} limit={NAME_MAX} error={errors.name}
        onChange={(event) => onChange({ ...settings, name: event.currentTarget.value })} hint="Visitors see it above the bot’s answers." />
      <TextArea label="Greeting" value={settings.greeting} disabled={isReadOnly} limit={MESSAGE_MAX} error={errors.greeting}
        onChange={(event) => onChange({ ...settings, greeting: event.currentTarget.value })} hint="The first line of each conversation. Empty: none." />
    </>
  );
}

/** The tag to paste into a site. */
export function EmbedCard({ snippet }: { snippet: string }) {
  return (
    <section className={css.card} aria-labelledby="embed-title">
      <div className={css.heading}><h2 id="embed-title">Embed it</h2><span className={css.row}><CopyButton text={snippet} /></span></div>
      <code className={css.code}>{snippet}</code>
      <p className={css.mut}>Paste it once, before the end of the page’s body. Only the sites listed here may use it.</p>
    </section>
  );
}

export interface SiteListProps { sites: readonly string[]; isReadOnly: boolean; onChange: (sites: string[]) => void }

/** Sites allowed to embed the bot; what is typed is made into an origin or refused in words. */
export function SiteList({ sites, isReadOnly, onChange }: SiteListProps) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const answer = readSite(typed, sites);
    if (!answer.ok) return setError(answer.words);
    setTyped('');
    setError(null);
    return onChange([...sites, answer.site]);
  };
  return (
    <section className={css.card} aria-labelledby="sites-title">
      <h2 id="sites-title">Sites allowed to embed it</h2>
      {sites.length === 0 ? <p className={css.mut}>None yet: no site can show this bot.</p> : (
        <ul className={css.list}>
          {sites.map((site) => (
            <li key={site} className={css.item}>
              <span className={`${css.grow} ${css.name}`}>{site === '*' ? '* (any site)' : site}</span>
              {isReadOnly ? null : <Button small aria-label={`Remove ${site}`} onClick={() => onChange(sites.filter((other) => other !== site))}>Remove</Button>}
            </li>
          ))}
        </ul>
      )}
      {isReadOnly ? null : (
        <form onSubmit={add} noValidate className={css.stack}>
          <TextField label="Add a site" value={typed} error={error} placeholder="https://shop.example" inputMode="url" autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)} />
          <div><Button type="submit">Add site</Button></div>
        </form>
      )}
    </section>
  );
}
