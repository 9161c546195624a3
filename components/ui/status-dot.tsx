import css from './status-dot.module.css';

/** A coloured dot that always has its word beside it. */
export function StatusDot({ tone, children }: { tone: 'ok' | 'wait' | 'bad' | 'off'; children: string }) {
  return <span className={css.status}><span aria-hidden="true" className={[css.dot, tone !== 'off' && css[tone]].filter(Boolean).join(' ')} />{children}</span>;
}
