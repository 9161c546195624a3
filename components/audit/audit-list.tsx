import type { AuditEntry } from '#lib/protocol/audit.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { actWords, changeWords, type Names } from './audit-words.ts';
import css from './audit.module.css';

export interface AuditListProps { entries: readonly AuditEntry[]; names: Names; more: boolean; isLoading: boolean; onOlder: () => void }

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Who did what and when, newest first. */
export function AuditList({ entries, names, more, isLoading, onOlder }: AuditListProps) {
  if (entries.length === 0) return <EmptyState title="Nothing was recorded yet."><p>Changes of settings, people and availability, exports and deletions are listed here from now on.</p></EmptyState>;
  return (
    <>
      <ol className={css.list} aria-label="Audit log, newest first">
        {entries.map((entry) => <Row key={entry.n} entry={entry} names={names} />)}
      </ol>
      {more ? <div><Button disabled={isLoading} onClick={onOlder}>{isLoading ? 'Loading…' : 'Load older'}</Button></div> : null}
    </>
  );
}

function Row({ entry, names }: { entry: AuditEntry; names: Names }) {
  const changes = changeWords(entry, names);
  return (
    <li className={css.entry}>
      <p className={css.top}><b className={css.who}>{entry.by.name}</b><time className={css.when} dateTime={new Date(entry.at).toISOString()}>{WHEN.format(entry.at)}</time></p>
      <p className={css.what}>{actWords(entry, names)}</p>
      {changes.length > 0 ? <ul className={css.changes}>{changes.map((line) => <li key={line}>{line}</li>)}</ul> : null}
    </li>
  );
}
