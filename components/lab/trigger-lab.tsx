import { useState } from 'react';
import type { ConversationId } from '#lib/protocol/ids.ts';
import { REPLAY_DEFAULT, REPLAY_MAX } from '#lib/protocol/limits.ts';
import { DIFFERENCES, type DifferenceKind } from '#lib/protocol/replay.ts';
import type { Engine } from '#lib/protocol/settings.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/field.tsx';
import cards from '#components/settings/settings.module.css';
import { DifferenceRow } from './difference-row.tsx';
import css from './lab.module.css';
import type { FoundDifference, LabState } from './lab-state.ts';
import { KIND_NAMES, skippedWords, sourceWords, summaryWords, totalWords } from './lab-words.ts';

export interface TriggerLabProps {
  state: LabState;
  /** The settings as they are on screen, to tell whether a result is about others. */
  settings: string; isDirty: boolean;
  /** Who answers, as saved. */
  engine: Engine['kind']; embedder: boolean;
  /** Another engine is chosen, and not saved. */
  isEngineDirty: boolean;
  /** Why it cannot be run, for whom it may not; null: it can. */
  barred: string | null;
  hrefOf: (id: ConversationId) => string;
  onRun: (newest: number) => void; onCancel: () => void;
}

const AMOUNTS = [50, REPLAY_DEFAULT, REPLAY_MAX].map((count) => ({ value: String(count), label: `newest ${count}` }));

/** Past conversations against settings that are not saved yet, and what would have gone another way. */
export function TriggerLab({ state, settings, isDirty, engine, embedder, isEngineDirty, barred, hrefOf, onRun, onCancel }: TriggerLabProps) {
  const [newest, setNewest] = useState(String(REPLAY_DEFAULT));
  const isRunning = state.name === 'running';
  const by = engine === 'embedded' ? 'rerun' : 'recorded';
  return (
    <section className={cards.card} aria-labelledby="lab-title">
      <h2 id="lab-title">Trigger lab</h2>
      <p className={cards.mut}>Try these settings, saved or not, on past conversations of this bot: who would be offered a person, and what would go another way. Nothing is changed and nobody is told. {sourceWords(by, engine, embedder)}{isEngineDirty ? ' What is changed on the Engine tab is not tried.' : ''}</p>
      {barred === null ? (
        <div className={css.controls}>
          <SelectField label="Conversations" value={newest} options={AMOUNTS} disabled={isRunning} onChange={setNewest} />
          {isRunning ? <Button onClick={onCancel}>Cancel</Button> : <Button look="primary" onClick={() => onRun(Number(newest))}>{state.name === 'idle' ? 'Run' : 'Run again'}</Button>}
        </div>
      ) : <p className={cards.mut}>{barred}</p>}
      {state.name === 'idle' ? null : <Run state={state} isOld={state.settings !== settings} isDirty={isDirty} hrefOf={hrefOf} />}
    </section>
  );
}

type Begun = Exclude<LabState, { name: 'idle' }>;

function Run({ state, isOld, isDirty, hrefOf }: { state: Begun; isOld: boolean; isDirty: boolean; hrefOf: TriggerLabProps['hrefOf'] }) {
  const { name, done, of, found } = state;
  return (
    <>
      {isOld && name !== 'failed' ? <Banner>The settings changed since. Run it again to see what they would do.</Banner> : null}
      {name === 'running' ? <Progress done={done} of={of} /> : null}
      {name === 'failed' ? <Banner tone="bad">{state.words}</Banner> : null}
      {name === 'cancelled' ? <p role="status">Cancelled after {done} of {of ?? 0}.{found.length > 0 ? ' So far:' : ''}</p> : null}
      {name === 'done' ? <Summary state={state} isDirty={isDirty || isOld} /> : null}
      <Groups found={found} hrefOf={hrefOf} />
    </>
  );
}

function Progress({ done, of }: { done: number; of: number | null }) {
  return (
    <div className={cards.stack}>
      <progress className={css.progress} aria-label="Replay" {...(of === null ? {} : { value: done, max: Math.max(1, of) })} />
      <p className={cards.mut}>{of === null ? 'Looking for past conversations…' : `Replayed ${done} of ${of}.`}</p>
    </div>
  );
}

function Summary({ state: { summary, of }, isDirty }: { state: Extract<LabState, { name: 'done' }>; isDirty: boolean }) {
  const skipped = skippedWords(summary.skipped);
  if (of === 0) return <p role="status">No past conversations yet. They are here as soon as visitors have written; what is tried in the Playground is not among them.</p>;
  return (
    <>
      {summary.isComplete ? null : <Banner>Its time was up after {summary.replayed + summary.skipped} of {of}. Choose fewer conversations to see them all.</Banner>}
      <div className={css.summary} role="status">
        {summary.replayed === 0 ? <p>The bot took no line in any of them.</p> : (
          <>
            <p>{summaryWords(summary)}</p>
            <p className={cards.mut}>{totalWords(summary)}{skipped ? ` ${skipped}` : ''}</p>
            {isDirty ? null : <p className={cards.mut}>Nothing is changed at the moment, so there is nothing to compare. Move the slider or add words, then run it again.</p>}
          </>
        )}
      </div>
    </>
  );
}

function Groups({ found, hrefOf }: { found: readonly FoundDifference[]; hrefOf: TriggerLabProps['hrefOf'] }) {
  const groups = DIFFERENCES.map((kind) => ({ kind, found: found.filter((one) => one.kind === kind) })).filter((group) => group.found.length > 0);
  return groups.length === 0 ? null : <div className={css.groups}>{groups.map((group) => <Group key={group.kind} {...group} hrefOf={hrefOf} />)}</div>;
}

/** Rows of a group before one asks for the rest. */
const SHOWN = 5;

function Group({ kind, found, hrefOf }: { kind: DifferenceKind; found: readonly FoundDifference[]; hrefOf: TriggerLabProps['hrefOf'] }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? found : found.slice(0, SHOWN);
  return (
    <section className={css.group} aria-label={KIND_NAMES[kind]}>
      <h3>{KIND_NAMES[kind]} <span className={css.count}>{found.length}</span></h3>
      <ol className={css.rows}>{shown.map((one) => <DifferenceRow key={`${one.conversation.id} ${one.index} ${one.on}`} difference={one} href={hrefOf(one.conversation.id)} />)}</ol>
      {shown.length < found.length ? <div><Button small onClick={() => setWhole(true)}>Show {found.length - shown.length} more</Button></div> : null}
    </section>
  );
}
