import type { Message } from '#lib/protocol/message.ts';
import type { Tried, TriedLine, TriedTurn } from '#lib/protocol/try.ts';
import { Banner } from '#components/ui/banner.tsx';
import css from './detector.module.css';
import { factsOf, meterWords, score, verdictOf, visitorWords } from './try-words.ts';

/** The decision first, then what the visitor would read, then everything it came from. */
export function TryResult({ tried }: { tried: Tried }) {
  const last = tried.lines.at(-1);
  if (!last) return null;
  const { turn } = last;
  const { title, tone, because } = verdictOf(turn);
  return (
    <div className={css.result}>
      <div className={tone === 'ok' ? css.verdict : `${css.verdict} ${css[tone]}`} role="status"><h3>{title}</h3><p>{because}</p></div>
      {turn?.problem ? <Banner>{turn.problem}</Banner> : null}
      <Shown shown={last.shown} />
      {turn ? <Turn turn={turn} /> : null}
      {tried.lines.length > 1 ? <Earlier lines={tried.lines.slice(0, -1)} /> : null}
    </div>
  );
}

function Turn({ turn }: { turn: TriedTurn }) {
  return (
    <>
      <section className={css.part} aria-label="Meter">
        <h3>Meter</h3>
        <div className={`${css.bar} ${css.meter}`} aria-hidden="true"><span style={{ inlineSize: `${Math.min(100, (turn.after.evidence / turn.after.bar) * 100)}%` }} /></div>
        <p className={css.mut}>{meterWords(turn.after)}</p>
      </section>
      <section className={css.part} aria-label="Scores">
        <h3>Scores</h3>
        <dl className={css.facts}>{factsOf(turn).map(([label, value]) => <div key={label} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      </section>
      {turn.explained ? <Ranked {...turn.explained} /> : null}
    </>
  );
}

function Shown({ shown }: { shown: readonly Message[] }) {
  return (
    <section className={css.part} aria-label="The visitor would read">
      <h3>The visitor would read</h3>
      {shown.length === 0 ? <p className={css.mut}>Nothing.</p> : shown.map((message) => (message.kind === 'happened' ? <p key={message.id} className={css.line}>{visitorWords(message.what)}</p> : (
        <div key={message.id} className={css.said}>
          <p className={css.bubble} dir="auto">{message.text}</p>
          {message.sources?.length ? <p className={css.mut}>From: {message.sources.map((source) => source.title).join(', ')}</p> : null}
          {message.offer ? <p className={css.mut}>With the buttons “Yes, a person” and “Keep trying”.</p> : null}
        </div>
      )))}
    </section>
  );
}

function Ranked({ ranked, nearest, threshold }: NonNullable<TriedTurn['explained']>) {
  return (
    <section className={css.part} aria-label="Best entries">
      <h3>Best entries</h3>
      {ranked.length === 0 ? <p className={css.mut}>No entry has anything to do with it.</p> : (
        <ol className={css.ranked}>
          {ranked.map((entry) => (
            <li key={entry.id} className={css.entry}>
              <span>{entry.title}</span>
              <span className={css.bar} aria-hidden="true"><span style={{ inlineSize: `${Math.min(1, Math.max(0, entry.score)) * 100}%` }} /></span>
              <span>{score(entry.score)}</span>
            </li>
          ))}
        </ol>
      )}
      {nearest ? <p className={css.mut}>Sounds most like “{nearest.phrasing}” ({score(nearest.similarity)}).</p> : null}
      {threshold === undefined ? null : <p className={css.mut}>Answered from {score(threshold)} up.</p>}
    </section>
  );
}

function Earlier({ lines }: { lines: readonly TriedLine[] }) {
  return (
    <section className={css.part} aria-label="Before it">
      <h3>Before it</h3>
      <ol className={css.lines}>
        {lines.map(({ text, turn }, at) => (
          <li key={`${at} ${text}`}><span dir="auto">{text}</span><span className={css.mut}>{verdictOf(turn).title}{turn ? `. Evidence ${score(turn.after.evidence)}` : ''}</span></li>
        ))}
      </ol>
    </section>
  );
}
