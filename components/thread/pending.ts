import type { Command, Refusal } from '#lib/protocol/command.ts';
import type { CommandId } from '#lib/protocol/ids.ts';

/** The agent's own words on their way: what the outbox holds. */
export interface Pending {
  id: CommandId; order: number; at: number; command: Extract<Command, { type: 'message.send' | 'note.add' }>;
  state: 'queued' | 'sent' | 'held' | 'failed'; refusal: Refusal | null;
}
