import { useState } from 'react';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import { Button } from '#components/ui/button.tsx';
import { Confirm } from './confirm.tsx';
import { EntryForm, type EntryWords } from './entry-form.tsx';
import css from './settings.module.css';

export interface KnowledgeProposalsProps {
  proposals: readonly KnowledgeEntry[];
  /** Leads and admins decide; others see what waits. */
  mayDecide: boolean;
  /** Address of a conversation in the inbox. */
  hrefOf: (conversationId: string) => string;
  /** Null when accepted, or why not. */
  onAccept: (entry: KnowledgeEntry, words: EntryWords) => Promise<string | null>;
  onReject: (entry: KnowledgeEntry) => void;
}

/** Answers of agents that the bot could give, each decided by a lead or an admin. Nothing when there is none. */
export function KnowledgeProposals({ proposals, mayDecide, hrefOf, onAccept, onReject }: KnowledgeProposalsProps) {
  const [doomed, setDoomed] = useState<KnowledgeEntry | null>(null);
  if (proposals.length === 0) return null;
  return (
    <section className={css.stack} aria-labelledby="proposals">
      <h2 id="proposals">Proposed answers</h2>
      <p className={css.mut}>{mayDecide ? 'The bot says none of these before you accept it.' : 'The bot says none of these before a lead or an admin accepts it.'}</p>
      <ul className={css.list}>
        {proposals.map((entry) => <Proposal key={entry.id} entry={entry} mayDecide={mayDecide} hrefOf={hrefOf} onAccept={onAccept} onReject={setDoomed} />)}
      </ul>
      <Confirm title="Reject this proposal?" isOpen={doomed !== null} doIt="Reject" onNo={() => setDoomed(null)} onYes={() => { if (doomed) onReject(doomed); }}>
        <p>“{doomed?.title}”: it is deleted, and the bot goes on without it.</p>
      </Confirm>
    </section>
  );
}

function Proposal({ entry, mayDecide, hrefOf, onAccept, onReject }: Omit<KnowledgeProposalsProps, 'proposals'> & { entry: KnowledgeEntry }) {
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { title, text, phrasings = [], proposed } = entry;
  const accept = async (words: EntryWords) => {
    setBusy(true);
    setProblem(await onAccept(entry, words));
    setBusy(false);
  };
  if (isOpen && mayDecide) return <li className={css.item}><EntryForm initial={{ title, text, phrasings }} doIt="Accept" isBusy={isBusy} problem={problem} onSubmit={(words) => void accept(words)} onCancel={() => setOpen(false)} /></li>;
  return (
    <li className={css.item} aria-label={title}>
      <div className={css.grow}>
        <p className={css.name} dir="auto">{title}</p>
        <p className={css.all} dir="auto">{text}</p>
        <p className={css.mut}>Proposed by <bdi>{proposed?.by}</bdi>{proposed?.conversationId ? <>, from <a href={hrefOf(proposed.conversationId)} target="_blank" rel="noreferrer">a conversation</a></> : null}</p>
        {problem ? <p role="alert" className={css.bad}>{problem}</p> : null}
      </div>
      {mayDecide ? (
        <div className={css.row}>
          <Button small look="primary" disabled={isBusy} aria-label={`Accept ${title}`} onClick={() => void accept({ title, text, phrasings })}>Accept</Button>
          <Button small aria-label={`Edit ${title}`} onClick={() => setOpen(true)}>Edit</Button>
          <Button small aria-label={`Reject ${title}`} onClick={() => onReject(entry)}>Reject</Button>
        </div>
      ) : null}
    </li>
  );
}
