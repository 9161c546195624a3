import { useId, type ReactNode } from 'react';
import css from './radio-group.module.css';

export interface RadioGroupProps<T extends string> {
  label: string;
  value: T;
  options: { value: T; label: string; hint?: ReactNode }[];
  onChange: (value: T) => void;
  disabled?: boolean;
}

/** Native radio buttons: arrows move, Tab leaves. The hint describes an option and is not part of its name. */
export function RadioGroup<T extends string>({ label, value, options, onChange, disabled = false }: RadioGroupProps<T>) {
  const id = useId();
  return (
    <fieldset role="radiogroup" aria-labelledby={`${id}-legend`} className={css.group} disabled={disabled}>
      <legend id={`${id}-legend`} className={css.legend}>{label}</legend>
      {options.map((option) => (
        <div key={option.value} className={css.option}>
          <input type="radio" name={id} id={`${id}-${option.value}`} checked={option.value === value} onChange={() => onChange(option.value)}
            aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined} />
          <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
          {option.hint ? <span id={`${id}-${option.value}-hint`} className={css.hint}>{option.hint}</span> : null}
        </div>
      ))}
    </fieldset>
  );
}
