import { useState } from 'react';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Confirm } from './confirm.tsx';
import { matchingEntries } from './knowledge-search.ts';
import css from './settings.module.css';

/** More rows than anybody reads; searching finds the rest. */
const SHOWN = 100;

export interface KnowledgeListProps { entries: readonly KnowledgeEntry[]; isReadOnly: boolean; onRemove: (entry: KnowledgeEntry) => void }

/** What the bot answers from, with search and deletion. */
export function KnowledgeList({ entries, isReadOnly, onRemove }: KnowledgeListProps) {
  const [typed, setTyped] = useState('');
  const [doomed, setDoomed] = useState<KnowledgeEntry | null>(null);
  const found = matchingEntries(entries, typed);
  if (entries.length === 0) return <EmptyState title="Nothing yet.">The bot cannot answer before it has something to answer from. Add a question with its answer, or a file.</EmptyState>;
  return (
    <div className={css.stack}>
      <TextField label="Search" type="search" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      <p role="status" className={css.mut}>{found.length === entries.length ? `${entries.length} entries` : `${found.length} of ${entries.length} entries`}{found.length > SHOWN ? `, the first ${SHOWN} shown` : ''}</p>
      {found.length === 0 ? <p>Nothing has these words.</p> : (
        <ul className={css.list}>
          {found.slice(0, SHOWN).map((entry) => (
            <li key={entry.id} className={css.item}>
              <div className={css.grow}>
                <p className={css.name}>{entry.title}</p>
                <p className={css.text}>{entry.text}</p>
                <p className={css.mut}>{entry.file ? `From ${entry.file}` : 'Typed in'}</p>
              </div>
              {isReadOnly ? null : <Button small aria-label={`Delete ${entry.title}`} onClick={() => setDoomed(entry)}>Delete</Button>}
            </li>
          ))}
        </ul>
      )}
      <Confirm title="Delete this entry?" isOpen={doomed !== null} doIt="Delete" onNo={() => setDoomed(null)} onYes={() => { if (doomed) onRemove(doomed); }}>
        <p>“{doomed?.title}”: the bot no longer answers from it, at once. This cannot be undone.</p>
      </Confirm>
    </div>
  );
}
