import type { Database } from './schema.ts';
import { write } from './write.ts';

/** Keeps the newest `window` conversations: drops the oldest finished ones, never one with unsent words or a draft. @returns how many went */
export async function evict(db: Database, window = 2_000): Promise<number> {
  return write(db, ['conversation', 'message', 'note', 'stream', 'outbox', 'draft'], async ({ conversation, message, note, stream, outbox, draft }) => {
    const excess = await conversation.count() - window;
    if (excess <= 0) return 0;
    const kept = new Set([...await outbox.toArray(), ...await draft.toArray()].map(({ conversationId }) => conversationId));
    const gone = await conversation.orderBy('lastAt').filter(({ id, status }) => (status === 'resolved' || status === 'archived') && !kept.has(id)).limit(excess).primaryKeys();
    for (const id of gone) {
      await message.where('[conversationId+index]').between([id, -Infinity], [id, Infinity]).delete();
      await note.where('[conversationId+at]').between([id, -Infinity], [id, Infinity]).delete();
    }
    await stream.bulkDelete(gone);
    await conversation.bulkDelete(gone);
    return gone.length;
  });
}
