/** @jsxImportSource preact */
import type { WidgetActions, WidgetModel } from './model.ts';
import { Composer } from './composer.tsx';
import { Log } from './log.tsx';
import { Support } from './support.tsx';
import { WORDS } from './words.ts';

export interface WidgetViewProps {
  model: WidgetModel; actions: WidgetActions; open: boolean; onOpenChange(open: boolean): void;
  /** Shown as a picture inside another page: fills its place and takes no focus. */
  embedded?: boolean;
}

function notice({ link, refusedBecause, deleted }: WidgetModel): string | null {
  if (link === 'refused') return refusedBecause ?? WORDS.refused;
  if (deleted) return WORDS.deleted;
  return link === 'online' ? null : link === 'reconnecting' ? WORDS.reconnecting : WORDS.connecting;
}

/** The chat as visitors see it; the launcher belongs to the loader. */
export function WidgetView({ model, actions, open, onOpenChange, embedded = false }: WidgetViewProps) {
  if (!open) return null;
  const said = notice(model);
  return (
    <section class={embedded ? 'panel embedded' : 'panel'} role="dialog" aria-labelledby="title"
      onKeyDown={(event) => { if (event.key === 'Escape' && !event.isComposing) onOpenChange(false); }}>
      <header>
        <h2 id="title">{model.bot?.name ?? WORDS.title}</h2>
        <button type="button" class="plain close" aria-label={WORDS.close} onClick={() => { onOpenChange(false); }}>✕</button>
      </header>
      <p class="notice" role="status">{said}</p>
      <Log model={model} actions={actions} />
      <Support model={model} actions={actions} />
      <Composer actions={actions} focus={!embedded} disabled={model.link === 'refused'} />
    </section>
  );
}
