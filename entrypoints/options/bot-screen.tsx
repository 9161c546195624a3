import { useState } from 'react';
import { isAllowed } from '#lib/protocol/permission.ts';
import type { Bot } from '#lib/protocol/settings.ts';
import { Tabs } from '#components/ui/tabs.tsx';
import { useNow } from '#components/ui/use-now.ts';
import { AvailabilityRow } from '#components/settings/availability-row.tsx';
import { botErrors, diffWords, settingsOf, type BotErrors } from '#components/settings/bot-settings.ts';
import { DetectionForm } from '#components/settings/detection-form.tsx';
import { embedSnippet } from '#components/settings/embed.ts';
import { EmbedCard, GeneralForm, SiteList } from '#components/settings/general-form.tsx';
import { HandoffForm } from '#components/settings/handoff-form.tsx';
import { notDoneWords } from '#components/settings/refusal-words.ts';
import { SaveBar } from '#components/settings/save-bar.tsx';
import css from '#components/settings/settings.module.css';
import { StaleBanner } from '#components/settings/stale-banner.tsx';
import { run } from './act.ts';
import type { OptionsData } from './data.ts';
import { EngineTab } from './engine-tab.tsx';
import { KnowledgeTab } from './knowledge-tab.tsx';
import { Detector } from './detector.tsx';
import { Preview } from './preview.tsx';
import { BOT_TABS, botHref, type BotTab } from './route.ts';
import { Lab, unsavedOf } from './support-tools.tsx';
import { useBotDraft, type BotDraft, type Edits } from './use-bot-draft.ts';
import type { Notice } from './use-notice.ts';

const TAB_NAMES: Record<BotTab, string> = { general: 'General', knowledge: 'Knowledge', engine: 'Engine', support: 'Support' };
/** There is no chat beside the settings. */
const NOTHING_SAID: readonly string[] = [];
const TABS = BOT_TABS.map((value) => ({ value, label: TAB_NAMES[value] }));

export interface BotScreenProps { bot: Bot; tab: BotTab; data: OptionsData; notice: Notice; edits: Edits }

/** One bot's settings. General, Engine and Support are one edit, saved together; Knowledge, keys and Agents available apply at once. */
export function BotScreen({ bot, tab, data, notice, edits }: BotScreenProps) {
  const draft = useBotDraft(bot, edits);
  const saving = useSaving(bot, draft, notice);
  const isAdmin = data.self?.member.role === 'admin';
  const isReadOnly = !isAdmin || data.link.name !== 'online';
  const shared = { errors: saving.errors, isReadOnly };
  return (
    <>
      <div className={css.heading}><h1>{bot.name}</h1>{isAdmin ? <a href="#/bots">All bots</a> : <span className={css.mut}>Only admins can change these.</span>}</div>
      <Tabs label="Bot settings" value={tab} tabs={TABS} panelId="bot-panel" onChange={(next) => { location.hash = botHref(bot.id, next); }} />
      <div id="bot-panel" role="tabpanel" aria-labelledby={`bot-panel-${tab}`} className={css.columns}>
        {tab === 'general' ? (
          <>
            <section className={css.card}><GeneralForm settings={draft.settings} onChange={draft.change} {...shared} /></section>
            <div className={css.col}>
              <EmbedCard snippet={embedSnippet(data.self?.companion ?? '', bot.id)} />
              <SiteList sites={draft.settings.sites} isReadOnly={isReadOnly} onChange={(sites) => draft.change({ ...draft.settings, sites })} />
            </div>
          </>
        ) : null}
        {tab === 'knowledge' ? <KnowledgeTab botId={bot.id} role={data.self?.member.role ?? 'agent'} isOnline={data.link.name === 'online'} notice={notice} /> : null}
        {tab === 'engine' ? <EngineTab botId={bot.id} settings={draft.settings} isAdmin={isAdmin} notice={notice} onChange={draft.change} {...shared} /> : null}
        {tab === 'support' ? (
          <>
            <section className={css.card}>
              <HandoffForm settings={draft.settings.handoff} onChange={(handoff) => draft.change({ ...draft.settings, handoff })} {...shared} />
              <Available bot={bot} data={data} notice={notice} />
            </section>
            <Preview settings={draft.settings} waitingTooLongMs={data.workspace?.waitingTooLongMs ?? 180_000} />
            <div className={css.col}>
              <DetectionForm settings={draft.settings} isReadOnly={isReadOnly} onChange={draft.change} />
              <Detector botId={bot.id} said={NOTHING_SAID} unsaved={unsavedOf(draft.settings)} />
            </div>
            <Lab bot={bot} settings={draft.settings} data={data} />
          </>
        ) : null}
      </div>
      <div className={css.dock}>
        {saving.isStale && draft.isDirty ? (
          <StaleBanner theirs={diffWords(draft.base, settingsOf(bot))} yours={diffWords(settingsOf(bot), draft.settings)}
            onOverwrite={() => void saving.save(true)} onTakeTheirs={() => { draft.discard(); saving.reset(); }} />
        ) : null}
        <SaveBar isDirty={draft.isDirty} isSaving={saving.isSaving} onSave={() => void saving.save(false)} onDiscard={() => { draft.discard(); saving.reset(); }} />
      </div>
    </>
  );
}

function Available({ bot, data, notice }: Omit<BotScreenProps, 'tab' | 'edits'>) {
  const now = useNow(data.clockOffset);
  const maySwitch = data.link.name === 'online' && data.self !== null && isAllowed(data.self.member.role, 'availability.set', data.workspace?.agentsMaySwitch ?? false);
  return (
    <AvailabilityRow bot={bot} now={now} maySwitch={maySwitch} isUnreachable={data.presence.unreachable.includes(bot.id)}
      onSwitch={(on) => void notice.perform({ type: 'availability.set', botIds: [bot.id], on }, `Agents available is ${on ? 'on' : 'off'} for ${bot.name}.`)} />
  );
}

function useSaving(bot: Bot, draft: BotDraft, notice: Notice) {
  const [isSaving, setSaving] = useState(false);
  const [isStale, setStale] = useState(false);
  const [errors, setErrors] = useState<BotErrors>({});
  const reset = () => { setStale(false); setErrors({}); };
  const save = async (force: boolean) => {
    const wrong = botErrors(draft.settings);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) {
      notice.say(Object.values(wrong)[0] ?? '', true);
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    setSaving(true);
    const answer = await run({ type: 'bot.save', botId: bot.id, baseSeq: draft.baseSeq, settings: settingsOf(draft.settings), ...(force ? { force } : {}) });
    setSaving(false);
    const wasStale = !answer.ok && 'refusal' in answer && answer.refusal.code === 'stale';
    setStale(wasStale);
    if (answer.ok) {
      draft.saved();
      notice.say('Saved. Open widgets show it now.');
    } else if (!wasStale) notice.say(notDoneWords(answer), true);
  };
  return { isSaving, isStale, errors, save, reset };
}
