import type { KeyboardEvent } from 'react';
import css from './tabs.module.css';

export interface TabsProps<T extends string> {
  label: string;
  value: T;
  tabs: { value: T; label: string; count?: number | undefined }[];
  onChange: (value: T) => void;
  /** Id of the element they show; give that one `role="tabpanel"`. */
  panelId: string;
}

/** A tab list with one stop in the Tab order; arrows, Home and End move and choose. */
export function Tabs<T extends string>({ label, value, tabs, onChange, panelId }: TabsProps<T>) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const now = tabs.findIndex((tab) => tab.value === value);
    const step = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (step === undefined) return;
    const index = (step + tabs.length) % tabs.length;
    const next = tabs[index];
    if (!next) return;
    event.preventDefault();
    onChange(next.value);
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[index]?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className={css.tabs} onKeyDown={move}>
      {tabs.map((tab) => (
        <button key={tab.value} type="button" role="tab" id={`${panelId}-${tab.value}`} aria-selected={tab.value === value} aria-controls={panelId}
          tabIndex={tab.value === value ? 0 : -1} className={css.tab} onClick={() => onChange(tab.value)}>
          {tab.label}{tab.count ? <span className={css.count}> {tab.count}</span> : null}
        </button>
      ))}
    </div>
  );
}
