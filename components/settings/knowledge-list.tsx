import { useState } from 'react';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Confirm } from './confirm.tsx';
import { KnowledgeItem, type KnowledgeItemProps } from './knowledge-item.tsx';
import { matchingEntries } from './knowledge-search.ts';
import css from './settings.module.css';

/** More rows than anybody reads; searching finds the rest. */
const SHOWN = 100;

export interface KnowledgeListProps { entries: readonly KnowledgeEntry[]; isReadOnly: boolean; isLearning?: boolean; onSave: KnowledgeItemProps['onSave']; onRemove: (entry: KnowledgeEntry) => void }

/** What the bot answers from, with search, editing and deletion. */
export function KnowledgeList({ entries, isReadOnly, isLearning = false, onSave, onRemove }: KnowledgeListProps) {
  const [typed, setTyped] = useState('');
  const [doomed, setDoomed] = useState<KnowledgeEntry | null>(null);
  const found = matchingEntries(entries, typed);
  if (entries.length === 0) return <EmptyState title="Nothing yet.">The bot cannot answer before it has something to answer from. Add a question with its answer, or a file.</EmptyState>;
  return (
    <div className={css.stack}>
      <TextField label="Search" type="search" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      <p role="status" className={css.mut}>{found.length === entries.length ? entries.length === 1 ? '1 entry' : `${entries.length} entries` : `${found.length} of ${entries.length} entries`}{found.length > SHOWN ? `, the first ${SHOWN} shown` : ''}{isLearning ? ' · Learning…' : ''}</p>
      {found.length === 0 ? <p>Nothing has these words.</p> : (
        <ul className={css.list}>
          {found.slice(0, SHOWN).map((entry) => (
            <KnowledgeItem key={entry.id} entry={entry} isReadOnly={isReadOnly} onSave={onSave} onRemove={setDoomed} />
          ))}
        </ul>
      )}
      <Confirm title="Delete this entry?" isOpen={doomed !== null} doIt="Delete" onNo={() => setDoomed(null)} onYes={() => { if (doomed) onRemove(doomed); }}>
        <p>“{doomed?.title}”: the bot no longer answers from it, at once. This cannot be undone.</p>
      </Confirm>
    </div>
  );
}
