import { useState, type FormEvent } from 'react';
import { ANSWER_MAX, QUESTION_MAX } from '#lib/protocol/limits.ts';
import { Button } from '#components/ui/button.tsx';
import { TextArea, TextField } from '#components/ui/field.tsx';
import type { Lesson } from './teach.ts';
import css from './desk.module.css';

export interface TeachCardProps {
  lesson: Lesson; botName: string;
  /** Null when it was proposed, or why not. */
  onPropose: (words: Lesson & { phrasings?: string[] }) => Promise<string | null>;
  onClose: (isProposed: boolean) => void;
}

/** After a resolve: shall the bot answer this by itself the next time? Takes no focus and blocks nothing; Escape closes it. */
export function TeachCard({ lesson, botName, onPropose, onClose }: TeachCardProps) {
  const [words, setWords] = useState(lesson);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const question = words.question.trim();
  const answer = words.answer.trim();
  const isWhole = question !== '' && answer !== '' && question.length <= QUESTION_MAX && answer.length <= ANSWER_MAX;
  const propose = async (event: FormEvent) => {
    event.preventDefault();
    if (!isWhole) { setProblem(`A question of up to ${QUESTION_MAX} characters and an answer are needed.`); return; }
    setBusy(true);
    // In the visitor's own words it will be asked again.
    const refused = await onPropose({ question, answer, ...(question === lesson.question ? {} : { phrasings: [lesson.question] }) });
    setBusy(false);
    if (refused) setProblem(refused);
    else onClose(true);
  };
  return (
    <form className={css.teach} noValidate aria-labelledby="teach-title" onSubmit={(event) => void propose(event)} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); onClose(false); } }}>
      <div className={css.teachHead}>
        <h3 id="teach-title">Teach the bot this answer?</h3>
        <Button small onClick={() => onClose(false)}>No</Button>
        <Button small type="submit" look="primary" disabled={isBusy}>Propose</Button>
      </div>
      {problem ? <p role="alert" className={css.problem}>{problem}</p> : null}
      <TextField label="When visitors ask" dir="auto" value={words.question} onChange={(event) => setWords({ ...words, question: event.currentTarget.value })} />
      <TextArea label={`${botName} answers`} dir="auto" rows={2} value={words.answer} hint="Leave out what is about this visitor only: names, addresses, order numbers." onChange={(event) => setWords({ ...words, answer: event.currentTarget.value })} />
    </form>
  );
}
