import type { Unanswered } from '#lib/protocol/knowledge.ts';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { whenShort } from '#components/ui/time-words.ts';
import css from './settings.module.css';

export interface UnansweredListProps {
  questions: readonly Unanswered[]; now: number; isOnline: boolean;
  /** Address of a conversation in the inbox. */
  hrefOf: (conversationId: string) => string;
  onAnswer: (one: Unanswered) => void;
}

const timesWords = (count: number): string => (count === 1 ? 'Asked once' : count === 2 ? 'Asked twice' : `Asked ${count} times`);

/** What visitors asked and the bot could not answer, with where it was asked. */
export function UnansweredList({ questions, now, isOnline, hrefOf, onAnswer }: UnansweredListProps) {
  return (
    <section className={css.stack} aria-labelledby="unanswered">
      <h2 id="unanswered">Questions nobody could answer</h2>
      {questions.length === 0 ? <p className={css.mut}>None. What visitors ask and the bot cannot answer comes here.</p> : (
        <ul className={css.list}>
          {questions.map((one) => (
            <li key={one.question} className={css.item} aria-label={one.question}>
              <div className={css.grow}>
                <p className={css.name} dir="auto">{one.question}</p>
                {one.wordings.length > 0 ? <p className={css.text} dir="auto">Also: {one.wordings.map((each) => `“${each}”`).join(', ')}</p> : null}
                <p className={css.mut}>{timesWords(one.count)}, last {whenShort(one.at, now)}</p>
              </div>
              <div className={css.row}>
                <Button small disabled={!isOnline} aria-label={`Answer ${one.question}`} onClick={() => onAnswer(one)}>Answer</Button>
                {one.conversationIds.slice(0, 3).map((id, at) => (
                  <LinkButton key={id} small href={hrefOf(id)} target="_blank" rel="noreferrer" aria-label={`Open ${one.question}${at === 0 ? '' : `, conversation ${at + 1}`}`}>{at === 0 ? 'Open' : at + 1}</LinkButton>
                ))}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
