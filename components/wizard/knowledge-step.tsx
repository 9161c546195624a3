import type { FormEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextArea, TextField } from '#components/ui/field.tsx';
import { AddFiles } from '#components/settings/knowledge-add.tsx';
import css from '#components/settings/settings.module.css';
import { ANSWER_MAX, QUESTION_MAX, addPair, removeFile, removePair, type Wizard } from './wizard.ts';

export interface KnowledgeStepProps { wizard: Wizard; isReading: boolean; onChange: (next: Wizard) => void; onFiles: (files: File[]) => void }

/** Question and answer pairs and files, kept on the page until the bot is made. */
export function KnowledgeStep({ wizard, isReading, onChange, onFiles }: KnowledgeStepProps) {
  const { pairs, files, refused } = wizard;
  return (
    <>
      <p>The bot answers from what you put here, and from nothing else. You can skip this and add it later: until then the bot greets, says that it does not know, and offers a person where handoff is on.</p>
      <div className={css.columns}>
        <PairForm wizard={wizard} onChange={onChange} />
        <AddFiles isBusy={isReading} refused={refused} onFiles={onFiles} />
      </div>
      <section className={css.stack} aria-labelledby="wizard-added">
        <h3 id="wizard-added">Chosen so far</h3>
        {pairs.length + files.length === 0 ? <p className={css.mut}>Nothing yet.</p> : (
          <ul className={css.list}>
            {pairs.map(({ question, answer }, at) => (
              <li key={`${at} ${question}`} className={css.item}>
                <div className={css.grow}><p className={css.name}>{question}</p><p className={css.text}>{answer}</p></div>
                <Button small aria-label={`Remove ${question}`} onClick={() => onChange(removePair(wizard, at))}>Remove</Button>
              </li>
            ))}
            {files.map(({ id, name }) => (
              <li key={id} className={css.item}>
                <div className={css.grow}><p className={css.name}>{name}</p><p className={css.mut}>File</p></div>
                <Button small aria-label={`Remove ${name}`} onClick={() => onChange(removeFile(wizard, id))}>Remove</Button>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function PairForm({ wizard, onChange }: Pick<KnowledgeStepProps, 'wizard' | 'onChange'>) {
  const { typed, pairErrors } = wizard;
  const type = (change: Partial<Wizard['typed']>) => onChange({ ...wizard, typed: { ...typed, ...change } });
  const submit = (event: FormEvent) => { event.preventDefault(); onChange(addPair(wizard)); };
  return (
    <form className={css.card} noValidate onSubmit={submit} aria-labelledby="wizard-pair">
      <h3 id="wizard-pair">Type a question</h3>
      <TextField label="Question" value={typed.question} limit={QUESTION_MAX} error={pairErrors.question} onChange={(event) => type({ question: event.currentTarget.value })} />
      <TextArea label="Answer" value={typed.answer} limit={ANSWER_MAX} error={pairErrors.answer} onChange={(event) => type({ answer: event.currentTarget.value })} />
      <div><Button type="submit">Add question</Button></div>
    </form>
  );
}
