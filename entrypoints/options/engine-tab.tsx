import { useCallback, useEffect, useRef, useState } from 'react';
import type { BotId } from '#lib/protocol/ids.ts';
import type { BotSettings, Engine } from '#lib/protocol/settings.ts';
import type { SecretName } from '#lib/protocol/secret.ts';
import type { BotErrors } from '#components/settings/bot-settings.ts';
import { EmbedderForm } from '#components/settings/embedder-form.tsx';
import { EngineForm } from '#components/settings/engine-form.tsx';
import type { SecretState } from '#components/settings/secret-field.tsx';
import { listSecrets, saveSecret } from './secret-api.ts';
import type { Notice } from './use-notice.ts';

export interface EngineTabProps { botId: BotId; settings: BotSettings; errors: BotErrors; isAdmin: boolean; isReadOnly: boolean; notice: Notice; onChange: (settings: BotSettings) => void }

/** Who answers: saved with the page, except for keys, which apply at once. */
export function EngineTab({ botId, settings, isAdmin, notice, onChange, ...shared }: EngineTabProps) {
  const { secrets, save } = useSecrets(botId, isAdmin, notice);
  const typed = useRef<Partial<Record<Engine['kind'], Engine>>>({});
  if (settings.engine) typed.current[settings.engine.kind] = settings.engine;
  const keep = { settings, onChange, secrets, onSecret: save, ...shared };
  return <><EngineForm typed={typed.current} {...keep} /><EmbedderForm {...keep} /></>;
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function useSecrets(botId: BotId, isAdmin: boolean, notice: Notice) {
  const [secrets, setSecrets] = useState<SecretState | null>(null);
  const say = useRef(notice.say);
  say.current = notice.say;
  const load = useCallback(async () => {
    try {
      setSecrets(await listSecrets(botId));
    } catch (error) {
      say.current(said(error), true);
    }
  }, [botId]);
  useEffect(() => { if (isAdmin) void load(); }, [isAdmin, load]);
  const save = async (name: SecretName, value: string | null): Promise<boolean> => {
    try {
      await saveSecret(botId, name, value);
    } catch (error) {
      notice.say(said(error), true);
      return false;
    }
    notice.say(value === null ? 'Removed.' : 'Saved. It is used from the next question on.');
    await load();
    return true;
  };
  return { secrets, save };
}
