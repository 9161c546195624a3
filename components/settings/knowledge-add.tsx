import { useRef, useState, type DragEvent, type FormEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextArea, TextField } from '#components/ui/field.tsx';
import type { RefusedFile } from './knowledge-files.ts';
import css from './settings.module.css';

export interface AddQuestionProps { isBusy: boolean; onAdd: (question: string, answer: string) => Promise<boolean> }

/** A question with its answer; the fields empty themselves only once it was kept. */
export function AddQuestion({ isBusy, onAdd }: AddQuestionProps) {
  const [question, setQuestion] = useState('');
  const [answer, setAnswer] = useState('');
  const [wasTried, setTried] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!question.trim() || !answer.trim() || question.length > 300 || answer.length > 20_000) return;
    if (!await onAdd(question.trim(), answer.trim())) return;
    setQuestion('');
    setAnswer('');
    setTried(false);
  };
  return (
    <form className={css.card} noValidate onSubmit={submit} aria-labelledby="add-question">
      <h2 id="add-question">Add a question</h2>
      <TextField label="Question" value={question} limit={300} error={wasTried && !question.trim() ? 'Type the question as visitors ask it.' : null}
        onChange={(event) => setQuestion(event.currentTarget.value)} />
      <TextArea label="Answer" value={answer} limit={20_000} error={wasTried && !answer.trim() ? 'Type what the bot should answer.' : null}
        onChange={(event) => setAnswer(event.currentTarget.value)} />
      <div><Button type="submit" disabled={isBusy}>Add question</Button></div>
    </form>
  );
}

export interface AddFilesProps { isBusy: boolean; refused: readonly RefusedFile[]; onFiles: (files: File[]) => void }

/** A picker and a place to drop files; refused ones stay listed by name with the reason. */
export function AddFiles({ isBusy, refused, onFiles }: AddFilesProps) {
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
        <input ref={input} type="file" hidden multiple accept=".md,.markdown,.txt,text/markdown,text/plain" aria-label="Knowledge files"
          onChange={(event) => { const files = [...event.currentTarget.files ?? []]; event.currentTarget.value = ''; onFiles(files); }} />
      </div>
      {refused.length > 0 ? (
        <div role="alert" className={css.stack}>
          <p className={css.bad}>Not added:</p>
          <ul className={css.stack}>{refused.map(({ name, reason }) => <li key={name}><span className={css.name}>{name}</span>: {reason}</li>)}</ul>
        </div>
      ) : null}
    </section>
  );
}
