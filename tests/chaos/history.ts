import type { Message } from '#lib/protocol/message.ts';

/** One message as an observer holds it, so that any two observers can be compared. */
export interface Line {
  id: string; index: number; seq: number; by: 'visitor' | 'bot' | 'agent' | 'event';
  /** A member's id, where the observer is told; else ''. */
  author: string;
  /** What was said, or what happened. */
  text: string;
}

export function lineOf(message: Message): Line {
  const { id, index, seq } = message;
  if (message.kind === 'happened') return { id, index, seq, by: 'event', author: '', text: message.what.type };
  const { author, text } = message;
  return { id, index, seq, by: author.kind, author: author.kind === 'agent' ? author.id : '', text };
}

/** What one observer holds at the end, by conversation. */
export interface Observation {
  observer: string; lines: Map<string, Line[]>;
  /** Every other row, by `kind id`, as JSON; null: this observer gets none (a visitor). */
  rows: Map<string, string> | null;
}
/** What the export tells of a conversation: what was said, in its order. */
export type Exported = Map<string, string[]>;

/** Words somebody wrote. `n` counts up for each author. `refused`: its author was told that it was not taken. */
export interface Sent { author: string; n: number; text: string; refused: boolean }
/** A message that an observer was shown at some moment. */
export interface Seen { observer: string; conversation: string; id: string; index: number }
/** What became of one claim of several at once; `by`: who the loser was told has won. */
export interface ClaimAnswer { round: string; member: string; won: boolean; by: string | null }

/** Everything that was told and held in a run: what the judge judges. */
export interface History {
  sent: Sent[]; seen: Seen[];
  /** Ids of messages and notes that a companion acknowledged. */
  acked: Set<string>;
  claims: ClaimAnswer[];
  /** A client that began with nothing when all was over: the state as it is. */
  fresh: Observation;
  observations: Observation[];
  exported: Exported | null;
}
