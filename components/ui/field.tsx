import { useId, type ComponentProps, type ReactNode } from 'react';
import css from './field.module.css';

interface About {
  label: string;
  hint?: ReactNode;
  error?: string | null | undefined;
  /** Shows "12/500" beside the hint; the browser does not cut, so that a paste is seen whole and refused in words. */
  limit?: number;
}

function Frame({ id, label, hint, error, limit, value, children }: About & { id: string; value: unknown; children: ReactNode }) {
  const length = typeof value === 'string' ? value.length : 0;
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>{label}</label>
      {children}
      {error ? <p id={`${id}-error`} className={css.error}>{error}</p> : null}
      {hint || limit ? (
        <div id={`${id}-hint`} className={css.line}>
          {hint ? <span>{hint}</span> : null}
          {limit ? <span className={length > limit ? `${css.count} ${css.over}` : css.count}>{length}/{limit}</span> : null}
        </div>
      ) : null}
    </div>
  );
}

const describedBy = (id: string, { hint, error, limit }: About): string | undefined =>
  [error && `${id}-error`, (hint || limit) && `${id}-hint`].filter(Boolean).join(' ') || undefined;

/** A labelled text input with hint, error and counter. All of `<input>`'s own attributes pass through. */
export function TextField({ label, hint, error, limit, className, ...rest }: ComponentProps<'input'> & About) {
  const id = useId();
  const about: About = { label, hint, error, ...(limit ? { limit } : {}) };
  return (
    <Frame id={id} {...about} value={rest.value}>
      <input id={id} className={[css.input, className].filter(Boolean).join(' ')} aria-invalid={error ? true : undefined} aria-describedby={describedBy(id, about)} {...rest} />
    </Frame>
  );
}

/** The same over several lines; grows with what is typed. */
export function TextArea({ label, hint, error, limit, className, ...rest }: ComponentProps<'textarea'> & About) {
  const id = useId();
  const about: About = { label, hint, error, ...(limit ? { limit } : {}) };
  return (
    <Frame id={id} {...about} value={rest.value}>
      <textarea id={id} className={[css.input, className].filter(Boolean).join(' ')} aria-invalid={error ? true : undefined} aria-describedby={describedBy(id, about)} {...rest} />
    </Frame>
  );
}

/** A labelled native select. */
export function SelectField<T extends string>({ label, hint, error, options, value, onChange, ...rest }:
  Omit<ComponentProps<'select'>, 'onChange' | 'value'> & Omit<About, 'limit'> & { value: T; options: { value: T; label: string }[]; onChange: (value: T) => void }) {
  const id = useId();
  const about: About = { label, hint, error };
  return (
    <Frame id={id} {...about} value={undefined}>
      <select id={id} className={css.input} value={value} aria-describedby={describedBy(id, about)} {...rest}
        onChange={(event) => { const next = options[event.currentTarget.selectedIndex]; if (next) onChange(next.value); }}>
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
    </Frame>
  );
}
