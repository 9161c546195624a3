import type { Database } from './schema.ts';

/** Keeps the newest `window` conversations: drops the oldest finished ones, never one with unsent words or a draft. @returns how many went */
export async function evict(db: Database, window = 2_000): Promise<number> {
  return db.transaction('rw', [db.conversation, db.message, db.note, db.stream, db.outbox, db.draft], async () => {
    const excess = await db.conversation.count() - window;
    if (excess <= 0) return 0;
    const kept = new Set([...await db.outbox.toArray(), ...await db.draft.toArray()].map(({ conversationId }) => conversationId));
    const gone = await db.conversation.orderBy('lastAt').filter(({ id, status }) => (status === 'resolved' || status === 'archived') && !kept.has(id)).limit(excess).primaryKeys();
    for (const id of gone) {
      await db.message.where('[conversationId+index]').between([id, -Infinity], [id, Infinity]).delete();
      await db.note.where('[conversationId+at]').between([id, -Infinity], [id, Infinity]).delete();
    }
    await db.stream.bulkDelete(gone);
    await db.conversation.bulkDelete(gone);
    return gone.length;
  });
}
