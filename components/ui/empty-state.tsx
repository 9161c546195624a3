import type { ReactNode } from 'react';
import css from './empty-state.module.css';

/** Says what would be here and what to do. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return <div className={css.empty}><p className={css.title}>{title}</p>{children}</div>;
}

/** Grey rows while the first rows load; they appear after 150 ms, so that a quick answer never flashes them. */
export function SkeletonRows({ count = 3 }: { count?: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: count }, (_, row) => (
        <div key={row} className={css.row}>
          <div className={css.bar} style={{ width: '40%' }} /><div className={css.bar} style={{ width: '85%' }} />
        </div>
      ))}
    </div>
  );
}
