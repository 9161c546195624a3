import type { ReactNode } from 'react';
import css from './banner.module.css';

/** A strip that says a state of the page and offers what to do about it, inline and not modal. */
export function Banner({ tone = 'wait', children, actions }: { tone?: 'wait' | 'bad' | 'calm'; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className={tone === 'wait' ? css.banner : `${css.banner} ${css[tone]}`}>
      <div className={css.text}>{children}</div>
      {actions ? <div className={css.actions}>{actions}</div> : null}
    </div>
  );
}
