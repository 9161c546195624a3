import { isAllowed } from '#lib/protocol/permission.ts';
import { Button } from '#components/ui/button.tsx';
import { useNow } from '#components/ui/use-now.ts';
import { BotList } from '#components/settings/bot-list.tsx';
import css from '#components/settings/settings.module.css';
import type { OptionsData } from './data.ts';
import { NEW_BOT_HREF, botHref, playgroundHref } from './route.ts';
import type { Notice } from './use-notice.ts';

/** The Bots page. */
export function BotsScreen({ data, notice }: { data: OptionsData; notice: Notice }) {
  const now = useNow(data.clockOffset);
  const may = (command: 'bot.add' | 'availability.set'): boolean =>
    data.link.name === 'online' && data.self !== null && isAllowed(data.self.member.role, command, data.workspace?.agentsMaySwitch ?? false);
  return (
    <>
      <div className={css.heading}>
        <h1>Bots</h1>
        {may('bot.add') ? <Button look="primary" onClick={() => { location.hash = NEW_BOT_HREF; }}>Add bot</Button> : <span className={css.mut}>Only admins can add bots.</span>}
      </div>
      <BotList bots={data.bots} now={now} maySwitch={may('availability.set')} onEdit={(bot) => { location.hash = botHref(bot.id, 'support'); }} playground={(bot) => playgroundHref(bot.id)}
        onSwitch={(bot, on) => void notice.perform({ type: 'availability.set', botIds: [bot.id], on }, `Agents available is ${on ? 'on' : 'off'} for ${bot.name}.`)} />
    </>
  );
}
