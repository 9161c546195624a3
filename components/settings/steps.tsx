import css from './settings.module.css';

export interface Step { text: string; state: 'open' | 'doing' | 'done' | 'failed'; hint?: string | undefined }

const MARK: Record<Step['state'], string> = { open: '○', doing: '…', done: '✓', failed: '✕' };
const WORD: Record<Step['state'], string> = { open: 'not yet', doing: 'under way', done: 'done', failed: 'failed' };

/** Steps that tick themselves; the state is a word for screen readers and a sign for the eye. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol className={css.steps} aria-label={label}>
      {steps.map(({ text, state, hint }) => (
        <li key={text} className={`${css.step} ${css[state] ?? ''}`} data-state={state}>
          <span aria-hidden="true" className={css.mark}>{MARK[state]}</span>
          <span>
            <span className="said">{WORD[state]}: </span>{text}
            {hint ? <span className={css.mut}><br />{hint}</span> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
