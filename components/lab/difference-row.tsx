import { unturned } from '#components/why/words.ts';
import { doneWords } from '#components/why/turn-words.ts';
import css from './lab.module.css';
import type { FoundDifference } from './lab-state.ts';
import { decidedWords } from './lab-words.ts';

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** One line of a visitor: what came of it then, what the saved settings would do about it, and what the changed ones would. */
export function DifferenceRow({ difference, href }: { difference: FoundDifference; href: string }) {
  const { text, on, saved, changed, really, conversation: { visitor, channel } } = difference;
  const [before, after] = [decidedWords(saved, on), decidedWords(changed, on)];
  // Where it is called the same, what differs is what it says.
  const said = before.title === after.title && saved?.reply !== changed?.reply;
  return (
    <li className={css.row}>
      <p className={css.line} dir="auto">“{unturned(text)}”</p>
      {on === 'feedback' ? <p className={css.foot}>After a thumb on the answer to it.</p> : null}
      <dl className={css.sides}>
        <dt>Then</dt><dd>{doneWords(really)}</dd>
        <dt>Saved</dt><dd>{before.title}<span>{said && saved?.reply ? `“${saved.reply}”` : before.because}</span></dd>
        <dt>These</dt><dd className={css.changed}>{after.title}<span>{said && changed?.reply ? `“${changed.reply}”` : after.because}</span></dd>
      </dl>
      <p className={css.foot}>
        <span>{visitor}{channel === 'api' ? ' (your chat window)' : ''}, <time dateTime={new Date(really.at).toISOString()}>{WHEN.format(really.at)}</time></span>
        <a href={href} target="_blank" rel="noreferrer" aria-label={`Open conversation with ${visitor}`}>Open conversation</a>
      </p>
    </li>
  );
}
