import type { CommandType } from '#lib/protocol/command.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import { isAtLeast } from '#lib/protocol/permission.ts';
import type { Member } from '#lib/protocol/settings.ts';

export type ConversationAction = Extract<CommandType, `conversation.${string}`>;
export const ACTION_LABEL: Record<ConversationAction, string> = {
  'conversation.claim': 'Claim', 'conversation.release': 'Release', 'conversation.return': 'Return to bot',
  'conversation.resolve': 'Resolve', 'conversation.reopen': 'Reopen', 'conversation.archive': 'Archive',
};

/** What may be done to a conversation as it stands: the same rules as lib/handoff/member-act.ts, which decides. */
export function actionsFor(one: Pick<Conversation, 'status' | 'claim'>, self: Pick<Member, 'id' | 'role'>): ConversationAction[] {
  const { status, claim } = one;
  if (status === 'resolved') return ['conversation.reopen', 'conversation.archive'];
  if (status === 'archived') return ['conversation.reopen'];
  if (claim === null) return ['conversation.claim', ...(status === 'escalated' ? ['conversation.return' as const] : []), 'conversation.resolve'];
  if (claim.memberId !== self.id && !isAtLeast(self.role, 'lead')) return [];
  return ['conversation.return', 'conversation.resolve', 'conversation.release'];
}

/** How a conversation stands for this member, and so what the composer may do. */
export type Standing = { name: 'mine' } | { name: 'free'; botAnswers: boolean } | { name: 'taken'; by: string } | { name: 'closed'; status: 'resolved' | 'archived' };

export function standingOf(one: Pick<Conversation, 'status' | 'claim' | 'floor'>, self: Pick<Member, 'id'> | null): Standing {
  if (one.status === 'resolved' || one.status === 'archived') return { name: 'closed', status: one.status };
  if (one.claim === null) return { name: 'free', botAnswers: one.floor === 'bot' };
  return one.claim.memberId === self?.id ? { name: 'mine' } : { name: 'taken', by: one.claim.name };
}
