import { MINUTE } from '#lib/base/time.ts';
import type { Conversation, Status } from '#lib/protocol/conversation.ts';
import type { MemberId } from '#lib/protocol/ids.ts';
import { elapsed, elapsedAloud, whenShort } from '#components/ui/time-words.ts';
import { whyWords } from '#components/why/words.ts';
import { hasEmail, isMine, isWaiting } from './queue.ts';

export const STATUS_LABEL: Record<Status, string> = { open: 'Open', escalated: 'Escalated', resolved: 'Resolved', archived: 'Archived' };

export type Urgency = 'none' | 'new' | 'wait' | 'urgent';
/** A wait turns amber, then red. */
const AMBER_MS = MINUTE;
const RED_MS = 5 * MINUTE;

export function urgencyOf(one: Conversation, now: number): Urgency {
  if (!isWaiting(one)) return 'none';
  const waited = now - (one.escalation?.at ?? one.lastAt);
  if (waited >= RED_MS) return 'urgent';
  return waited >= AMBER_MS ? 'wait' : 'new';
}

export interface RowWords { time: string; timeAloud: string; text: string; reason: string; urgency: Urgency; needsAnswer: boolean }

function reasonOf(one: Conversation, self: MemberId | null): string {
  const why = one.escalation ? whyWords(one.escalation) : one.floor === 'bot' && one.status === 'open' ? 'The bot is answering' : STATUS_LABEL[one.status];
  if (one.claim) return `${one.claim.memberId === self ? 'Yours' : `Claimed by ${one.claim.name}`} · ${why}`;
  return hasEmail(one) ? `${one.email?.address} · ${why}` : why;
}

/** Everything a list row says. @param now server time */
export function rowWords(one: Conversation, self: MemberId | null, now: number): RowWords {
  const waited = now - (one.escalation?.at ?? one.lastAt);
  const waits = isWaiting(one);
  return {
    time: waits ? `${elapsed(waited)} waiting` : whenShort(one.lastAt, now),
    timeAloud: waits ? `waiting ${elapsedAloud(waited)}` : whenShort(one.lastAt, now),
    text: one.last ? `${one.last.by === 'bot' ? 'Bot: ' : one.last.by === 'agent' ? 'Team: ' : ''}${one.last.text}` : 'Nothing said yet',
    reason: reasonOf(one, self), urgency: urgencyOf(one, now),
    needsAnswer: isMine(one, self) && one.last?.by === 'visitor',
  };
}
