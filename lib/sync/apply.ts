import { forget, isGone } from '#lib/db/gone.ts';
import { putNewer } from '#lib/db/rows.ts';
import type { Database } from '#lib/db/schema.ts';
import { write } from '#lib/db/write.ts';
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
  return write(db, ['conversation', 'message', 'note', 'bot', 'member', 'workspace', 'stream', 'outbox', 'draft', 'meta'], async (tables) => {
    const { conversation, message, note, bot, member, workspace, stream, meta } = tables;
    const cursor = await meta.get('cursor');
    const held = cursor?.key === 'cursor' && cursor.epoch === epoch ? cursor.seq : null;
    if (frame.reset) await Promise.all([conversation, message, note, bot, member, workspace, stream].map((table) => table.clear()));
    else if (frame.from > (held ?? 0)) return 'hole';
    else if (held !== null && frame.to <= held) return 'ignored';
    await putNewer(conversation, rowsOf(frame.rows, 'conversation'));
    await putNewer(note, rowsOf(frame.rows, 'note'));
    await putNewer(bot, rowsOf(frame.rows, 'bot'));
    await putNewer(member, rowsOf(frame.rows, 'member'));
    await putNewer(workspace, rowsOf(frame.rows, 'workspace'));
    // Last: the same frame may still tell of what was deleted since.
    await forget(tables, rowsOf(frame.rows, 'gone'));
    await meta.put({ key: 'cursor', epoch, seq: frame.to });
    return 'applied';
  });
}

/** The same rule for one conversation's messages. */
export function applyMessages(db: Database, frame: MessagesFrame): Promise<Applied> {
  return write(db, ['message', 'stream', 'meta'], async (tables) => {
    // Read by the companion before it was deleted, told after.
    if (await isGone(tables, frame.conversationId)) return 'ignored';
    const held = (await tables.stream.get(frame.conversationId))?.seq ?? 0;
    if (frame.from > held) return 'hole';
    if (frame.to <= held) return 'ignored';
    await putNewer(tables.message, frame.messages);
    await tables.stream.put({ conversationId: frame.conversationId, seq: frame.to });
    return 'applied';
  });
}
