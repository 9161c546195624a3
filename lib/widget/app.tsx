/** @jsxImportSource preact */
import { render } from 'preact';
import { createClient } from './client.ts';
import { createKeep } from './storage.ts';
import { WIDGET_CSS } from './styles.ts';
import { WidgetView } from './view.tsx';
import { WORDS } from './words.ts';

/** What the loader hands over. */
export interface Mount { root: ShadowRoot; button: HTMLButtonElement; bot: string; companion: string; open: boolean }

/** Brings the chat to life behind the loader's button, which stays the launcher so that no click is lost between the two. */
export function mount({ root, button, bot, companion, open: wanted }: Mount): void {
  const keep = createKeep(bot);
  const client = createClient({ companion, botId: bot, keep, language: navigator.language.slice(0, 35) || null,
    page: { url: location.href.slice(0, 2_000), title: document.title.slice(0, 300) } });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(WIDGET_CSS);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const place = document.createElement('div');
  root.append(place);
  let open = wanted;
  const onOpenChange = (next: boolean): void => {
    open = next;
    draw();
    if (!next) button.focus();
  };
  const draw = (): void => {
    const model = client.get();
    const last = model.messages.at(-1)?.index ?? 0;
    // Read each time: it goes with a conversation that was deleted, and the next one counts from 1.
    const held = Number(keep.get('seen')) || 0;
    const seen = open && last > held ? last : held;
    if (seen > held) keep.set('seen', String(seen));
    const unread = model.messages.filter((message) => message.kind === 'said' && message.author.kind !== 'visitor' && message.index > seen).length;
    button.hidden = open;
    button.ariaExpanded = String(open);
    button.ariaLabel = unread ? WORDS.unread(unread) : WORDS.open;
    button.textContent = unread ? `${WORDS.title} (${unread})` : WORDS.title;
    render(<WidgetView model={model} actions={client} open={open} onOpenChange={onOpenChange} />, place);
  };
  button.addEventListener('click', () => { client.hurry(); onOpenChange(true); });
  client.subscribe(draw);
  draw();
}
