import { DEFAULT_DETECTION, type BotSettings } from '#lib/protocol/settings.ts';
import type { SecretName } from '#lib/protocol/secret.ts';
import { TextField } from '#components/ui/field.tsx';
import { Switch } from '#components/ui/switch.tsx';
import type { BotErrors } from './bot-settings.ts';
import { SecretField, type SecretState } from './secret-field.tsx';
import css from './settings.module.css';

export interface EmbedderFormProps {
  settings: BotSettings; errors: BotErrors; isReadOnly: boolean; onChange: (settings: BotSettings) => void;
  secrets: SecretState | null; onSecret: (name: SecretName, value: string | null) => Promise<boolean>;
}

/** The semantic tier: questions are also compared by what they mean. */
export function EmbedderForm({ settings, errors, isReadOnly, onChange, secrets, onSecret }: EmbedderFormProps) {
  const detection = settings.detection ?? DEFAULT_DETECTION;
  const { embedder } = detection;
  const set = (next: typeof embedder): void => onChange({ ...settings, detection: { ...detection, embedder: next } });
  return (
    <section className={css.card} aria-labelledby="embedder-title">
      <h2 id="embedder-title">Compare by meaning</h2>
      <Switch label="Use embeddings" checked={embedder !== null} disabled={isReadOnly} onChange={(on) => set(on ? { baseUrl: '', model: '' } : null)}
        hint="Optional. An OpenAI-compatible embeddings endpoint finds questions that share no word with the knowledge base. Visitors’ questions are sent to it; without it, or while it fails, words alone are compared." />
      {embedder ? (
        <>
          <TextField label="Embeddings base URL" value={embedder.baseUrl} disabled={isReadOnly} error={errors.embedderUrl} placeholder="https://api.example.com/v1" inputMode="url" autoComplete="off" onChange={(event) => set({ ...embedder, baseUrl: event.currentTarget.value })} />
          <TextField label="Embeddings model" value={embedder.model} disabled={isReadOnly} error={errors.embedderModel} autoComplete="off" onChange={(event) => set({ ...embedder, model: event.currentTarget.value })} />
          <SecretField name="embedder" label="Embeddings key" hint="Left out for servers that need none." isReadOnly={isReadOnly} secrets={secrets} onSecret={onSecret} />
        </>
      ) : null}
    </section>
  );
}
