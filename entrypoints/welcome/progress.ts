import type { Conversation } from '#lib/protocol/conversation.ts';
import type { MemberId } from '#lib/protocol/ids.ts';
import type { OutboxEntry } from '#lib/db/schema.ts';

/** How many of the five steps are done, counted from the first. */
export type Progress = 0 | 1 | 2 | 3 | 4 | 5;

/**
 * Read from rows alone, so that it ticks whatever was done where: paired, somebody waits, claimed by this member, a reply
 * of theirs confirmed by the companion, then finished by Resolve or Return to bot. A later step implies those before it.
 */
export function progressOf(selfId: MemberId | null, conversations: readonly Conversation[], outbox: readonly Pick<OutboxEntry, 'conversationId'>[]): Progress {
  if (selfId === null) return 0;
  const unsent = new Set(outbox.map(({ conversationId }) => conversationId));
  const replied = conversations.filter(({ id, team }) => team.some(({ memberId }) => memberId === selfId) && !unsent.has(id));
  if (replied.some(({ status, resolvedBy }) => status === 'open' || resolvedBy?.id === selfId)) return 5;
  if (replied.length > 0) return 4;
  if (conversations.some(({ claim }) => claim?.memberId === selfId)) return 3;
  return conversations.some(({ status, channel }) => status === 'escalated' && channel !== 'playground') ? 2 : 1;
}
