import { useState, type FormEvent, type ReactNode } from 'react';
import { ANSWER_MAX, PHRASINGS_MAX, QUESTION_MAX } from '#lib/protocol/limits.ts';
import { Button } from '#components/ui/button.tsx';
import { TextArea, TextField } from '#components/ui/field.tsx';
import { linesOf } from './knowledge-words.ts';
import css from './settings.module.css';

/** What an entry says, as it is typed: other ways to ask one per line. */
export interface EntryWords { title: string; text: string; phrasings: string[] }
export interface EntryFormProps {
  initial: EntryWords; doIt: string; isBusy: boolean; isDocument?: boolean; note?: ReactNode;
  /** What keeps it from being saved, said above the buttons. */
  problem?: ReactNode;
  onSubmit: (words: EntryWords) => void; onCancel?: (() => void) | undefined;
}

const tooLong = (lines: readonly string[]): string | null => {
  if (lines.length > PHRASINGS_MAX) return `Up to ${PHRASINGS_MAX} ways fit.`;
  return lines.some((line) => line.length > QUESTION_MAX) ? `Each way to ask has up to ${QUESTION_MAX} characters.` : null;
};

/** The fields of one entry, with what is wrong beside each. Mount it with a key to begin anew. */
export function EntryForm({ initial, doIt, isBusy, isDocument = false, note, problem, onSubmit, onCancel }: EntryFormProps) {
  const [title, setTitle] = useState(initial.title);
  const [text, setText] = useState(initial.text);
  const [ways, setWays] = useState(initial.phrasings.join('\n'));
  const [wasTried, setTried] = useState(false);
  const phrasings = linesOf(ways);
  const wrongWays = tooLong(phrasings);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!title.trim() || !text.trim() || title.length > QUESTION_MAX || text.length > ANSWER_MAX || wrongWays) return;
    onSubmit({ title: title.trim(), text: text.trim(), phrasings });
  };
  return (
    <form className={css.form} noValidate onSubmit={submit} onKeyDown={(event) => { if (event.key === 'Escape') onCancel?.(); }}>
      <TextField label={isDocument ? 'Title' : 'Question'} dir="auto" value={title} limit={QUESTION_MAX} error={wasTried && !title.trim() ? 'Type the question as visitors ask it.' : null} onChange={(event) => setTitle(event.currentTarget.value)} />
      <TextArea label={isDocument ? 'Text' : 'Answer'} dir="auto" autoFocus={initial.title !== ''} value={text} limit={ANSWER_MAX} error={wasTried && !text.trim() ? 'Type what the bot should answer.' : null} onChange={(event) => setText(event.currentTarget.value)} />
      <TextArea label="Other ways to ask (one per line)" dir="auto" value={ways} error={wrongWays} hint="3 to 5 in visitors’ own words help the bot most." onChange={(event) => setWays(event.currentTarget.value)} />
      {note ? <p className={css.mut}>{note}</p> : null}
      {problem ? <div role="alert" className={css.bad}>{problem}</div> : null}
      <div className={css.row}>
        <Button type="submit" look={onCancel ? 'primary' : 'plain'} disabled={isBusy}>{doIt}</Button>
        {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
      </div>
    </form>
  );
}
