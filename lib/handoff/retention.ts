import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Workspace } from '#lib/protocol/settings.ts';

/** What is finished and has been silent for so long that it is to be deleted; never what somebody may still be waiting for. */
export function isPastRetention({ status, lastAt }: Pick<Conversation, 'status' | 'lastAt'>, { deleteAfterMs = 0 }: Pick<Workspace, 'deleteAfterMs'>, now: number): boolean {
  return deleteAfterMs > 0 && (status === 'resolved' || status === 'archived') && now - lastAt >= deleteAfterMs;
}
