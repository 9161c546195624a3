import { RotateCcw, Settings } from 'lucide-react';
import type { Bot } from '#lib/protocol/settings.ts';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { EmptyState, SkeletonRows } from '#components/ui/empty-state.tsx';
import { SelectField } from '#components/ui/field.tsx';
import cards from '#components/settings/settings.module.css';
import type { WidgetClient } from '#lib/widget/model.ts';
import type { OptionsData } from './data.ts';
import { Detector } from './detector.tsx';
import css from './options.module.css';
import { ChatFrame, useChat, useSaid } from './playground-chat.tsx';
import { botHref, playgroundHref } from './route.ts';

/** Talk to a bot as a visitor, and see how it comes to its decisions. For everybody of the team. */
export function PlaygroundScreen({ data, botId }: { data: OptionsData; botId: string | null }) {
  const bot = data.bots.find(({ id }) => id === botId) ?? (botId === null ? data.bots[0] : undefined);
  if (!bot) return data.bots.length === 0 ? <EmptyState title="No bots yet.">An admin adds the first one with Add bot on the Bots page.</EmptyState>
    : <EmptyState title="There is no such bot."><LinkButton href="#/playground">Playground</LinkButton></EmptyState>;
  return <Playground key={bot.id} bot={bot} bots={data.bots} companion={data.self?.companion ?? ''} />;
}

function Playground({ bot, bots, companion }: { bot: Bot; bots: readonly Bot[]; companion: string }) {
  const { client, startOver } = useChat(companion, bot.id);
  return (
    <>
      <div className={cards.heading}>
        <h1>Playground</h1>
        <div className={css.tools}>
          {bots.length > 1 ? <SelectField label="Bot" value={bot.id} options={bots.map(({ id, name }) => ({ value: id, label: name }))} onChange={(id) => { location.hash = playgroundHref(id); }} /> : <h2>{bot.name}</h2>}
          <LinkButton className={css.gear} href={botHref(bot.id, 'support')} aria-label={`Settings of ${bot.name}`} title="Settings"><Settings size={18} aria-hidden="true" /></LinkButton>
        </div>
      </div>
      <div className={cards.columns}>
        <section className={cards.card} aria-labelledby="chat-title">
          <div className={cards.heading}><h2 id="chat-title">Chat as a visitor</h2><Button small disabled={!client} onClick={startOver}><RotateCcw size={14} aria-hidden="true" />Start over</Button></div>
          <p className={cards.mut}>The bot answers as on your site. Nobody is alerted, and it never counts as waiting; the inbox shows it only with the channel Playground.</p>
          {client ? <ChatFrame client={client} /> : <SkeletonRows />}
        </section>
        <Beside bot={bot} client={client} />
      </div>
    </>
  );
}

function Beside({ bot, client }: { bot: Bot; client: WidgetClient | null }) {
  return <Detector botId={bot.id} said={useSaid(client)} />;
}
