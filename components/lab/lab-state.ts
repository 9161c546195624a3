import type { Channel } from '#lib/protocol/conversation.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';
import type { Difference, ReplayBy, ReplayLine, ReplaySummary } from '#lib/protocol/replay.ts';

/** A difference and the conversation it is in. */
export interface FoundDifference extends Difference { conversation: { id: ConversationId; visitor: string; channel: Channel } }
interface Run {
  /** The settings it was begun with, to see whether they have changed since. */
  settings: string;
  /** Conversations there are; null: not told yet. */
  of: number | null; by: ReplayBy;
  done: number; found: FoundDifference[];
}
export type LabState =
  | { name: 'idle' }
  | Run & { name: 'running' }
  | Run & { name: 'done'; summary: ReplaySummary }
  | Run & { name: 'cancelled' }
  | Run & { name: 'failed'; words: string };

export const begin = (settings: string): LabState => ({ name: 'running', settings, of: null, by: 'rerun', done: 0, found: [] });

/** What a line of the companion's answer makes of it. Lines of a run that was cancelled change nothing. */
export function take(state: LabState, line: ReplayLine): LabState {
  if (state.name !== 'running') return state;
  switch (line.type) {
    case 'began': return { ...state, of: line.of, by: line.by };
    case 'skipped': return { ...state, done: line.done };
    case 'conversation': {
      const { id, visitor, channel, differences } = line;
      return { ...state, done: line.done, found: differences.length === 0 ? state.found : [...state.found, ...differences.map((one) => ({ ...one, conversation: { id, visitor, channel } }))] };
    }
    case 'summary': return { ...state, name: 'done', summary: line };
    case 'failed': return fail(state, line.message);
  }
}

export const cancel = (state: LabState): LabState => (state.name === 'running' ? { ...state, name: 'cancelled' } : state);
export const fail = (state: LabState, words: string): LabState => (state.name === 'running' ? { ...state, name: 'failed', words } : state);
