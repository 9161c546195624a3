import { useState } from 'react';
import { uuid } from '#lib/base/uuid.ts';
import type { BotId } from '#lib/protocol/ids.ts';
import { isAllowed } from '#lib/protocol/permission.ts';
import { Button } from '#components/ui/button.tsx';
import { useNow } from '#components/ui/use-now.ts';
import { AddBot, BotList } from '#components/settings/bot-list.tsx';
import css from '#components/settings/settings.module.css';
import type { OptionsData } from './data.ts';
import { botHref } from './route.ts';
import type { Notice } from './use-notice.ts';

/** The Bots page. */
export function BotsScreen({ data, notice }: { data: OptionsData; notice: Notice }) {
  const [isAdding, setAdding] = useState(false);
  const now = useNow(data.clockOffset);
  const may = (command: 'bot.add' | 'availability.set'): boolean =>
    data.link.name === 'online' && data.self !== null && isAllowed(data.self.member.role, command, data.workspace?.agentsMaySwitch ?? false);
  const add = async (name: string) => {
    setAdding(false);
    const botId = uuid() as BotId;
    if (await notice.perform({ type: 'bot.add', botId, name }, `${name} was added.`)) location.hash = botHref(botId, 'general');
  };
  return (
    <>
      <div className={css.heading}>
        <h1>Bots</h1>
        {may('bot.add') ? <Button look="primary" onClick={() => setAdding(true)}>Add bot</Button> : <span className={css.mut}>Only admins can add bots.</span>}
      </div>
      <BotList bots={data.bots} now={now} maySwitch={may('availability.set')} onEdit={(bot) => { location.hash = botHref(bot.id, 'support'); }}
        onSwitch={(bot, on) => void notice.perform({ type: 'availability.set', botIds: [bot.id], on }, `Agents available is ${on ? 'on' : 'off'} for ${bot.name}.`)} />
      <AddBot isOpen={isAdding} onClose={() => setAdding(false)} onAdd={(name) => void add(name)} />
    </>
  );
}
