import { forget, isGone } from '#lib/db/gone.ts';
import { putNewer } from '#lib/db/rows.ts';
import type { Database } from '#lib/db/schema.ts';
import type { AgentDown } from '#lib/protocol/agent.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';

export type FeedFrame = Extract<AgentDown, { type: 'feed' }>;
export type MessagesFrame = Extract<AgentDown, { type: 'messages' }>;
/** `hole`: something between what is held and this frame is missing and must be fetched. */
export type Applied = 'applied' | 'ignored' | 'hole';

const rowsOf = <K extends FeedRow['kind']>(rows: readonly FeedRow[], kind: K) =>
  rows.filter((it): it is Extract<FeedRow, { kind: K }> => it.kind === kind).map((it) => it.row as Extract<FeedRow, { kind: K }>['row']);

/** Rows and cursor in one transaction; `reset` clears what the companion told before, never the agent's own words. */
export function applyFeed(db: Database, epoch: string, frame: FeedFrame): Promise<Applied> {
  return db.transaction('rw', [db.conversation, db.message, db.note, db.bot, db.member, db.workspace, db.stream, db.outbox, db.draft, db.meta], async () => {
    const cursor = await db.meta.get('cursor');
    const held = cursor?.key === 'cursor' && cursor.epoch === epoch ? cursor.seq : null;
    if (frame.reset) await Promise.all([db.conversation, db.message, db.note, db.bot, db.member, db.workspace, db.stream].map((table) => table.clear()));
    else if (frame.from > (held ?? 0)) return 'hole';
    else if (held !== null && frame.to <= held) return 'ignored';
    await putNewer(db.conversation, rowsOf(frame.rows, 'conversation'));
    await putNewer(db.note, rowsOf(frame.rows, 'note'));
    await putNewer(db.bot, rowsOf(frame.rows, 'bot'));
    await putNewer(db.member, rowsOf(frame.rows, 'member'));
    await putNewer(db.workspace, rowsOf(frame.rows, 'workspace'));
    // Last: the same frame may still tell of what was deleted since.
    await forget(db, rowsOf(frame.rows, 'gone'));
    await db.meta.put({ key: 'cursor', epoch, seq: frame.to });
    return 'applied';
  });
}

/** The same rule for one conversation's messages. */
export function applyMessages(db: Database, frame: MessagesFrame): Promise<Applied> {
  return db.transaction('rw', [db.message, db.stream, db.meta], async () => {
    // Read by the companion before it was deleted, told after.
    if (await isGone(db, frame.conversationId)) return 'ignored';
    const held = (await db.stream.get(frame.conversationId))?.seq ?? 0;
    if (frame.from > held) return 'hole';
    if (frame.to <= held) return 'ignored';
    await putNewer(db.message, frame.messages);
    await db.stream.put({ conversationId: frame.conversationId, seq: frame.to });
    return 'applied';
  });
}
