import type { ComponentProps } from 'react';
import css from './button.module.css';

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'plain' | 'primary' | 'danger' | 'quiet';
  small?: boolean;
  /** Only an icon inside: give it an `aria-label`. */
  icon?: boolean;
}

/** A native button. `type` is "button" unless said otherwise, so that it never submits by accident. */
export function Button({ look = 'plain', small = false, icon = false, className, type = 'button', ...rest }: ButtonProps) {
  const names = [css.button, look !== 'plain' && css[look], small && css.small, icon && css.icon, className];
  return <button type={type} className={names.filter(Boolean).join(' ')} {...rest} />;
}

/** A link that looks like a button. */
export function LinkButton({ look = 'plain', small = false, className, ...rest }: ComponentProps<'a'> & { look?: 'plain' | 'primary' | 'quiet'; small?: boolean }) {
  const names = [css.button, look !== 'plain' && css[look], small && css.small, className];
  return <a className={names.filter(Boolean).join(' ')} {...rest} />;
}
