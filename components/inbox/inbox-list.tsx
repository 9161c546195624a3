import { useState, type KeyboardEvent } from 'react';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { ConversationId, MemberId } from '#lib/protocol/ids.ts';
import { useNow } from '#components/ui/use-now.ts';
import { InboxRow } from './inbox-row.tsx';

export interface InboxListProps {
  label: string; rows: Conversation[]; self: MemberId | null; selectedId: ConversationId | null; clockOffset: number; showStatus: boolean;
  onOpen: (id: ConversationId) => void;
}

/** J/K and the arrows move, Enter opens (it is a button); one stop in the Tab order. */
export function InboxList({ label, rows, self, selectedId, clockOffset, showStatus, onOpen }: InboxListProps) {
  const now = useNow(clockOffset);
  const [stop, setStop] = useState<ConversationId | null>(null);
  const stopId = [stop, selectedId].find((id) => rows.some((row) => row.id === id)) ?? rows[0]?.id ?? null;
  const move = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.findIndex((row) => row.id === stopId);
    const next = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll<HTMLElement>('button')[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
  };
  return (
    <ul aria-label={label} onKeyDown={move}>
      {rows.map((row) => (
        <InboxRow key={row.id} conversation={row} self={self} now={now} isCurrent={row.id === selectedId} isStop={row.id === stopId} showStatus={showStatus}
          onOpen={() => onOpen(row.id)} onFocus={() => setStop(row.id)} />
      ))}
    </ul>
  );
}
