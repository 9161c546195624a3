import type { Bot, BotSettings } from '#lib/protocol/settings.ts';
import { isAtLeast, ROUTE_ROLE } from '#lib/protocol/permission.ts';
import type { TryRequest } from '#lib/protocol/try.ts';
import { settingsOf } from '#components/settings/bot-settings.ts';
import { TriggerLab } from '#components/lab/trigger-lab.tsx';
import type { OptionsData } from './data.ts';
import { useReplay } from './use-replay.ts';

/** What of a draft may be tried before it is saved: not the embeddings endpoint, nor the engine, because they are asked with the saved keys. */
export function unsavedOf({ handoff, detection }: BotSettings): Pick<TryRequest, 'handoff' | 'detection'> {
  return { handoff, ...(detection ? { detection: { falseReject: detection.falseReject, policies: detection.policies } } : {}) };
}

/** The Trigger lab on the settings as they are on screen. */
export function Lab({ bot, settings, data }: { bot: Bot; settings: BotSettings; data: Pick<OptionsData, 'self' | 'link'> }) {
  const { state, run, cancel } = useReplay(bot.id);
  const unsaved = unsavedOf(settingsOf(settings));
  const key = JSON.stringify(unsaved);
  const isDirty = key !== JSON.stringify(unsavedOf(settingsOf(bot)));
  const mayRun = data.self !== null && isAtLeast(data.self.member.role, ROUTE_ROLE['bot.replay']);
  const barred = !mayRun ? 'Only leads and admins can run it.' : data.link.name === 'online' ? null : 'It needs the companion, which cannot be reached at the moment.';
  return (
    <TriggerLab state={state} settings={key} isDirty={isDirty} barred={barred} engine={bot.engine?.kind ?? 'embedded'} embedder={Boolean(bot.detection?.embedder)}
      isEngineDirty={JSON.stringify(settings.engine) !== JSON.stringify(bot.engine)}
      hrefOf={(id) => chrome.runtime.getURL(`/inbox.html#${id}`)} onRun={(newest) => run(key, { ...unsaved, newest })} onCancel={cancel} />
  );
}
