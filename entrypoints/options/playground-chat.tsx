import { useEffect, useState, useSyncExternalStore } from 'react';
import type { BotId } from '#lib/protocol/ids.ts';
import { createClient } from '#lib/widget/client.ts';
import type { WidgetClient, WidgetModel } from '#lib/widget/model.ts';
import { createKeep } from '#lib/widget/storage.ts';
import { Button } from '#components/ui/button.tsx';
import css from './options.module.css';
import { WidgetFrame } from './widget-frame.tsx';

/** This tab's visitor of one bot: nobody else's, here or on a site. A reload goes on with it; Start over forgets it. */
const keepOf = (botId: BotId) => createKeep(`playground:${botId}`, () => sessionStorage);

export interface Chat { client: WidgetClient | null; startOver: () => void }

/** The visitor's end of the real companion, as the widget has it on a site. */
export function useChat(companion: string, botId: BotId): Chat {
  const [round, setRound] = useState(0);
  const [client, setClient] = useState<WidgetClient | null>(null);
  useEffect(() => {
    const made = createClient({ companion, botId, channel: 'playground', keep: keepOf(botId), page: null, language: navigator.language.slice(0, 35) || null });
    setClient(made);
    return () => { made.close(); setClient(null); };
  }, [companion, botId, round]);
  const startOver = () => {
    client?.close();
    const keep = keepOf(botId);
    for (const key of keep.keys()) keep.remove(key);
    setRound(round + 1);
  };
  return { client, startOver };
}

/** The widget as visitors have it, in its place on the page; closing it leaves a button to open it again. */
export function ChatFrame({ client }: { client: WidgetClient }) {
  const model = useSyncExternalStore(client.subscribe, client.get);
  const [isOpen, setOpen] = useState(true);
  const [isDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  if (!isOpen) return <div className={css.launcher}><Button look="primary" autoFocus onClick={() => setOpen(true)}>Open chat</Button></div>;
  return <WidgetFrame model={model} scheme={isDark ? 'dark' : 'light'} className={`${css.frame} ${css.live}`} actions={client} onClose={() => setOpen(false)} />;
}

const never = () => () => undefined;
const NOTHING: WidgetModel['messages'] = [];

/** What the visitor has said so far, oldest first. */
export function useSaid(client: WidgetClient | null): string[] {
  const messages = useSyncExternalStore(client?.subscribe ?? never, () => client?.get().messages ?? NOTHING);
  return messages.flatMap((one) => (one.kind === 'said' && one.author.kind === 'visitor' ? [one.text] : []));
}
