import { useEffect, useState } from 'react';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';
import type { Message } from '#lib/protocol/message.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';
import { Button } from '#components/ui/button.tsx';
import { doneWords, evidenceWords, meterAfter, signalWords } from './turn-words.ts';
import { unturned } from './words.ts';
import css from './why-card.module.css';

export type TurnsOf = (id: ConversationId) => Promise<{ ok: true; turns: TurnRecord[] } | { ok: false; words: string }>;
export interface BotTurnsProps { conversation: Pick<Conversation, 'id' | 'detectFrom' | 'messageSeq'>; messages: readonly Message[]; turnsOf: TurnsOf;
  /** Open from the beginning, for a picture. */
  isOpenFirst?: boolean }

type Loaded = { name: 'loading' } | { name: 'failed'; words: string } | { name: 'here'; turns: TurnRecord[] };

/** How the bot came to this: its turns since the last resolve or return, asked for when somebody looks. */
export function BotTurns({ isOpenFirst = false, ...props }: BotTurnsProps) {
  const [isOpen, setOpen] = useState(isOpenFirst);
  return (
    <details className={css.how} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>How the bot came to this</summary>
      {isOpen ? <Turns {...props} /> : null}
    </details>
  );
}

function Turns({ conversation: { id, detectFrom, messageSeq }, messages, turnsOf }: Omit<BotTurnsProps, 'isOpenFirst'>) {
  const [loaded, setLoaded] = useState<Loaded>({ name: 'loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isOver = false;
    void turnsOf(id).then((answer) => { if (!isOver) setLoaded(answer.ok ? { name: 'here', turns: answer.turns } : { name: 'failed', words: answer.words }); });
    return () => { isOver = true; };
  // A new message may be a new turn.
  }, [id, messageSeq, attempt, turnsOf]);
  if (loaded.name === 'loading') return <p role="status">Loading…</p>;
  if (loaded.name === 'failed') return <p role="alert">{loaded.words} <Button small onClick={() => { setLoaded({ name: 'loading' }); setAttempt(attempt + 1); }}>Try again</Button></p>;
  const turns = loaded.turns.filter(({ index }) => index > detectFrom);
  if (turns.length === 0) return <p>The bot answered nothing here since the conversation was last resolved or returned to it.</p>;
  return <ol className={css.turns} tabIndex={0} aria-label="Turns of the bot">{turns.map((turn) => <Turn key={turn.index} turn={turn} line={lineAt(messages, turn.index)} />)}</ol>;
}

function lineAt(messages: readonly Message[], index: number): string | null {
  const message = messages.find((one) => one.index === index);
  return message?.kind === 'said' ? message.text : null;
}

function Turn({ turn, line }: { turn: TurnRecord; line: string | null }) {
  return (
    <li className={css.turn}>
      <p className={css.said} dir="auto">{line === null ? `Message ${turn.index}` : `“${unturned(line)}”`}</p>
      <p><strong>{doneWords(turn)}.</strong> {evidenceWords(meterAfter(turn))}.</p>
      <p className={css.heard}>{signalWords(turn).join('; ')}.</p>
    </li>
  );
}
