import { useState } from 'react';
import type { BotSettings } from '#lib/protocol/settings.ts';
import { Button } from '#components/ui/button.tsx';
import cards from '#components/settings/settings.module.css';
import css from './options.module.css';
import { PREVIEW_NAMES, PREVIEW_STATES, cannotHappen, previewModel, type PreviewState } from './preview-model.ts';
import { WidgetFrame } from './widget-frame.tsx';

/** What visitors see with the settings as they are being edited: the real widget view with a model made by hand. */
export function Preview({ settings, waitingTooLongMs }: { settings: BotSettings; waitingTooLongMs: number }) {
  const [state, setState] = useState<PreviewState>('answer');
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const [isPhone, setPhone] = useState(false);
  const [openedAt] = useState(() => Date.now());
  const why = cannotHappen(state, settings);
  return (
    <div className={css.beside}>
      <section className={`${cards.card} ${css.preview}`} aria-labelledby="preview-title">
        <h2 id="preview-title">What visitors see</h2>
        <div className={css.choices} role="group" aria-label="Moment">
          {PREVIEW_STATES.map((each) => <Button key={each} small aria-pressed={each === state} onClick={() => setState(each)}>{PREVIEW_NAMES[each]}</Button>)}
        </div>
        <div className={css.choices} role="group" aria-label="Look">
          <Button small aria-pressed={isDark} onClick={() => setDark(!isDark)}>Dark</Button>
          <Button small aria-pressed={isPhone} onClick={() => setPhone(!isPhone)}>Phone</Button>
        </div>
        {why ? <p className={cards.mut}>{why}</p> : null}
        <div className={isDark ? `${css.stage} ${css.dark}` : css.stage}>
          <WidgetFrame model={previewModel(state, settings, waitingTooLongMs, openedAt)} scheme={isDark ? 'dark' : 'light'} className={isPhone ? `${css.frame} ${css.phone}` : css.frame} />
        </div>
      </section>
    </div>
  );
}
