import { useState } from 'react';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import { Button } from '#components/ui/button.tsx';
import { EntryForm, type EntryWords } from './entry-form.tsx';
import css from './settings.module.css';

export interface KnowledgeItemProps {
  entry: KnowledgeEntry; isReadOnly: boolean;
  /** Null when saved, or why not. @param at of the entry as its author saw it */
  onSave: (entry: KnowledgeEntry, at: number, words: EntryWords) => Promise<string | null>;
  onRemove: (entry: KnowledgeEntry) => void;
}

const ways = (count: number): string => (count === 0 ? '' : count === 1 ? ' · 1 other way to ask' : ` · ${count} other ways to ask`);

/** One entry: read, or changed in place. */
export function KnowledgeItem({ entry, isReadOnly, onSave, onRemove }: KnowledgeItemProps) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen && !isReadOnly) return <li className={css.item}><Editor entry={entry} onSave={onSave} onClose={() => setOpen(false)} /></li>;
  return (
    <li className={css.item}>
      <div className={css.grow}>
        <p className={css.name} dir="auto">{entry.title}</p>
        <p className={css.text} dir="auto">{entry.text}</p>
        <p className={css.mut}>{entry.file ? <>From <bdi>{entry.file}</bdi></> : 'Typed in'}{ways(entry.phrasings?.length ?? 0)}</p>
      </div>
      {isReadOnly ? null : (
        <div className={css.row}>
          <Button small aria-label={`Edit ${entry.title}`} onClick={() => setOpen(true)}>Edit</Button>
          <Button small aria-label={`Delete ${entry.title}`} onClick={() => onRemove(entry)}>Delete</Button>
        </div>
      )}
    </li>
  );
}

/** Whoever saves over a colleague's words has read them first: they are shown beside, and only then their time is the one that is sent. */
function Editor({ entry, onSave, onClose }: Pick<KnowledgeItemProps, 'entry' | 'onSave'> & { onClose: () => void }) {
  const [seenAt, setSeenAt] = useState(entry.at);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isStale = entry.at !== seenAt;
  const save = async (words: EntryWords) => {
    setBusy(true);
    const at = isStale && problem ? entry.at : seenAt;
    setSeenAt(at);
    const refused = await onSave(entry, at, words);
    setBusy(false);
    if (!refused) { onClose(); return; }
    setProblem(refused);
  };
  return (
    <EntryForm initial={{ title: entry.title, text: entry.text, phrasings: entry.phrasings ?? [] }} isDocument={entry.kind === 'document'} doIt={isStale ? 'Save over it' : 'Save'} isBusy={isBusy} onCancel={onClose}
      note={entry.file ? <>From <bdi>{entry.file}</bdi>: adding a new version of that file puts its own words back here.</> : null}
      problem={problem ? <><p>{problem}</p>{isStale ? <p className={css.all}>Now: {entry.title}{'\n'}{entry.text}</p> : null}</> : null}
      onSubmit={(words) => void save(words)} />
  );
}
