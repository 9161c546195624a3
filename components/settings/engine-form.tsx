import { INSTRUCTIONS_MAX } from '#lib/protocol/limits.ts';
import type { BotSettings, Engine } from '#lib/protocol/settings.ts';
import type { SecretName } from '#lib/protocol/secret.ts';
import { TextArea, TextField } from '#components/ui/field.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import type { BotErrors } from './bot-settings.ts';
import { SecretField, type SecretState } from './secret-field.tsx';
import { newWebhookSecret } from './webhook-secret.ts';
import css from './settings.module.css';

const ENGINES: { value: Engine['kind']; label: string; hint: string }[] = [
  { value: 'embedded', label: 'Knowledge base', hint: 'Answers with the entries of the Knowledge tab. Needs no service and no key.' },
  { value: 'model', label: 'Chat model', hint: 'An OpenAI-compatible model writes the answer from what the knowledge base has on the question, with its sources.' },
  { value: 'webhook', label: 'Your own bot', hint: 'Each question goes to your address, signed. Your bot answers, at once or later, and may offer or fetch a person.' },
];
const EMPTY: Record<Engine['kind'], Engine> = { embedded: { kind: 'embedded' }, model: { kind: 'model', baseUrl: '', model: '', instructions: '' }, webhook: { kind: 'webhook', url: '' } };

export interface EngineFormProps {
  settings: BotSettings; errors: BotErrors; isReadOnly: boolean; onChange: (settings: BotSettings) => void;
  /** What the other kinds were, so that looking at one loses nothing typed in another. */
  typed: Partial<Record<Engine['kind'], Engine>>;
  /** Null while it loads, and for those who may not know. */
  secrets: SecretState | null; onSecret: (name: SecretName, value: string | null) => Promise<boolean>;
}

/** Who answers. What is typed is saved with the page; keys apply at once and are never shown again. */
export function EngineForm({ settings, errors, isReadOnly, onChange, typed, secrets, onSecret }: EngineFormProps) {
  const engine = settings.engine ?? EMPTY.embedded;
  const set = (next: Engine): void => onChange({ ...settings, engine: next });
  const keep = { isReadOnly, secrets, onSecret };
  return (
    <section className={css.card}>
      <RadioGroup label="Who answers" value={engine.kind} disabled={isReadOnly} options={ENGINES} onChange={(kind) => set(typed[kind] ?? EMPTY[kind])} />
      {engine.kind === 'model' ? (
        <>
          <TextField label="Base URL" value={engine.baseUrl} disabled={isReadOnly} error={errors.baseUrl} placeholder="https://api.example.com/v1" inputMode="url" autoComplete="off"
            hint="Where /chat/completions is. An address inside your network works when the companion’s operator lists it in OUTGOING_HOSTS." onChange={(event) => set({ ...engine, baseUrl: event.currentTarget.value })} />
          <TextField label="Model" value={engine.model} disabled={isReadOnly} error={errors.model} placeholder="as its provider calls it" autoComplete="off" onChange={(event) => set({ ...engine, model: event.currentTarget.value })} />
          <TextArea label="Instructions" value={engine.instructions} disabled={isReadOnly} error={errors.instructions} limit={INSTRUCTIONS_MAX}
            hint="Tone and task, in your words. It answers from the knowledge base whatever stands here, and it cannot promise or fetch a person." onChange={(event) => set({ ...engine, instructions: event.currentTarget.value })} />
          <SecretField name="model" label="API key" hint="Left out for models that need none." {...keep} />
        </>
      ) : null}
      {engine.kind === 'webhook' ? (
        <>
          <TextField label="Webhook URL" value={engine.url} disabled={isReadOnly} error={errors.url} placeholder="https://bot.example.com/baton" inputMode="url" autoComplete="off"
            hint="An address inside your network works when the companion’s operator lists it in OUTGOING_HOSTS." onChange={(event) => set({ ...engine, url: event.currentTarget.value })} />
          <SecretField name="webhook" label="Signing secret" make={newWebhookSecret} hint="Calls in both directions are signed with it (Standard Webhooks). Without it the knowledge base answers." {...keep} />
        </>
      ) : null}
      {engine.kind === 'embedded' ? null : <p className={css.mut}>Whenever it fails or takes too long, the knowledge base answers instead. Whoever asks for a person gets one without it.</p>}
    </section>
  );
}
