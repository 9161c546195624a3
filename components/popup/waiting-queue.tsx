import type { PopupState } from '#lib/protocol/runtime.ts';
import { MINUTE } from '#lib/base/time.ts';
import { Button } from '#components/ui/button.tsx';
import { elapsed, elapsedAloud } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.ts';
import type { PopupActs } from './popup-view.tsx';
import css from './popup-view.module.css';

/** As many as fit without scrolling; the side panel has the rest. */
const SHOWN = 5;

/** Who waits, the longest first; a row opens the side panel at it. */
export function WaitingQueue({ state, acts }: { state: PopupState; acts: PopupActs }) {
  const now = useNow(state.clockOffset);
  const rows = [...state.waiting].sort((a, b) => a.since - b.since).slice(0, SHOWN);
  const longest = rows[0];
  return (
    <section aria-label="Waiting" className={css.queue}>
      {longest ? (
        <p className={css.sum}>
          <span>{state.waitingCount} waiting</span><span aria-hidden="true">longest {elapsed(now - longest.since)}</span><span>{state.mine} yours</span>
        </p>
      ) : <p className={css.sum}><span>Nobody is waiting.</span><span>{state.mine} yours</span></p>}
      <ul>{rows.map((row) => <li key={row.id}><WaitingRow row={row} now={now} onOpen={() => acts.openPanel(row.id)} /></li>)}</ul>
      <div className={css.main}>
        <Button disabled={!longest} onClick={acts.claimNext}>Claim next</Button>
        <Button look="primary" onClick={() => acts.openPanel(null)}>Open inbox</Button>
      </div>
    </section>
  );
}

function WaitingRow({ row, now, onOpen }: { row: PopupState['waiting'][number]; now: number; onOpen: () => void }) {
  const waited = now - row.since;
  const look = waited >= 5 * MINUTE ? css.urgent : waited >= MINUTE ? css.wait : undefined;
  return (
    <button type="button" className={css.row} onClick={onOpen}>
      <bdi className={css.name}>{row.name}</bdi>
      <span><span className="said">waiting {elapsedAloud(waited)}, </span><span aria-hidden="true" className={[css.time, look].filter(Boolean).join(' ')}>{elapsed(waited)}</span></span>
      <span className={css.text} dir="auto">{row.text}</span>
    </button>
  );
}
