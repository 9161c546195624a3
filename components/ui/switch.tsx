import { useId, type ReactNode } from 'react';
import css from './switch.module.css';

export interface SwitchProps {
  label: string;
  /** `mixed` looks half on; a switch has no such state for screen readers, so say it in `hint` as well. */
  checked: boolean | 'mixed';
  onChange: (checked: boolean) => void;
  hint?: ReactNode;
  disabled?: boolean;
  /** Inline, with a lighter label. */
  compact?: boolean;
}

/** One click or Space flips it. Mixed flips to on. */
export function Switch({ label, checked, onChange, hint, disabled = false, compact = false }: SwitchProps) {
  const id = useId();
  return (
    <div className={compact ? `${css.row} ${css.compact}` : css.row}>
      <span>
        <label id={`${id}-label`} htmlFor={id} className={css.label}>{label}</label>
        {hint ? <span id={`${id}-hint`} className={css.hint}>{hint}</span> : null}
      </span>
      <button
        type="button" role="switch" id={id} className={css.switch} disabled={disabled} aria-checked={checked === true}
        data-mixed={checked === 'mixed' ? '' : undefined} aria-labelledby={`${id}-label`} aria-describedby={hint ? `${id}-hint` : undefined}
        onClick={() => onChange(checked !== true)}
      />
    </div>
  );
}
