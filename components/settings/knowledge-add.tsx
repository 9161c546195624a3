import { useRef, useState, type DragEvent } from 'react';
import type { FileResult } from '#lib/protocol/knowledge.ts';
import { Button } from '#components/ui/button.tsx';
import { EntryForm, type EntryWords } from './entry-form.tsx';
import type { RefusedFile } from './knowledge-files.ts';
import { resultWords } from './knowledge-words.ts';
import css from './settings.module.css';

export interface AddQuestionProps {
  isBusy: boolean;
  /** What a click on an unanswered question filled in; a new `id` begins anew. */
  draft: { id: number; words: EntryWords };
  /** Somebody who may not add proposes. */
  isProposal?: boolean;
  onAdd: (words: EntryWords) => void;
}

/** A question with its answer; the fields empty themselves only once it was kept (a new `draft.id`). */
export function AddQuestion({ isBusy, draft, isProposal = false, onAdd }: AddQuestionProps) {
  return (
    <section className={css.card} aria-labelledby="add-question">
      <h2 id="add-question">{isProposal ? 'Propose an answer' : 'Add a question'}</h2>
      <EntryForm key={draft.id} initial={draft.words} doIt={isProposal ? 'Propose' : 'Add question'} isBusy={isBusy} note={isProposal ? 'A lead or an admin decides whether the bot says it.' : null} onSubmit={onAdd} />
    </section>
  );
}

export interface AddFilesProps { isBusy: boolean; refused: readonly RefusedFile[]; results?: readonly FileResult[]; onFiles: (files: File[]) => void }

/** A picker and a place to drop files; refused ones stay listed by name with the reason. */
export function AddFiles({ isBusy, refused, results = [], onFiles }: AddFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <section className={css.card} aria-labelledby="add-files">
      <h2 id="add-files">Add files</h2>
      <div className={isOver ? `${css.drop} ${css.over}` : css.drop} onDrop={drop} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}>
        <p>Drop Markdown (.md), plain text (.txt), web pages (.html) or tables of question and answer (.csv) here, up to 2 MB each. A file of a name that is there already takes its place.</p>
        <Button disabled={isBusy} onClick={() => input.current?.click()}>{isBusy ? 'Adding…' : 'Choose files'}</Button>
        <input ref={input} type="file" hidden multiple accept=".md,.markdown,.txt,.html,.htm,.csv,.tsv,text/markdown,text/plain,text/html,text/csv" aria-label="Knowledge files"
          onChange={(event) => { const files = [...event.currentTarget.files ?? []]; event.currentTarget.value = ''; onFiles(files); }} />
      </div>
      {results.length > 0 ? (
        <ul role="status" aria-label="Files read" className={css.stack}>{results.map((one) => (
          <li key={one.name}><span className={css.name}>{one.name}</span>: {resultWords(one)}.{one.notes.map((note) => <span key={note}> {note}</span>)}</li>
        ))}</ul>
      ) : null}
      {refused.length > 0 ? (
        <div role="alert" className={css.stack}>
          <p className={css.bad}>Not added:</p>
          <ul className={css.stack}>{refused.map(({ name, reason }) => <li key={name}><span className={css.name}>{name}</span>: {reason}</li>)}</ul>
        </div>
      ) : null}
    </section>
  );
}
