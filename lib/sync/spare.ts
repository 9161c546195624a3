import type { Database, MetaRow, OutboxEntry } from '#lib/db/schema.ts';
import { write } from '#lib/db/write.ts';
import type { CommandId, ConversationId } from '#lib/protocol/ids.ts';

/**
 * A second copy of unsent words, outside IndexedDB, which browsers lose in silence (evicted, cleared, damaged on disk).
 * None of these may reject: a spare that cannot be written is reported by whoever implements it.
 */
export interface Spare { all(): Promise<OutboxEntry[]>; put(entries: OutboxEntry[]): Promise<void>; drop(ids: CommandId[]): Promise<void> }

/**
 * Keeps the spare a subset of the outbox, at every crash: an entry enters the outbox first and leaves it last. What the
 * spare has and the outbox has not was therefore lost with the database, never sent off or discarded.
 */
export function createKeeper(db: Database, spare: Spare) {
  let line: Promise<unknown> = Promise.resolve();
  let isSound = false;
  /** One at a time, or a check between the two writes of another would see a loss that is none. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const done = line.then(work, work);
    line = done.then(() => undefined, () => undefined); // whoever asked is told
    return done;
  };
  /** Puts back what was lost and notes it for its author. @returns how many */
  const restore = (kept: OutboxEntry[]): Promise<number> => write(db, ['outbox', 'message', 'note', 'meta'], async ({ outbox, message, note, meta }) => {
    const ids = kept.map(({ id }) => id);
    const known = await Promise.all([outbox.bulkGet(ids), message.bulkGet(ids as never[]), note.bulkGet(ids as never[])]);
    const lost = kept.filter((_, at) => known.every((rows) => !rows[at]));
    if (lost.length === 0) return 0;
    await outbox.bulkPut(lost.map((entry) => ({ ...entry, state: 'queued' as const, refusal: null })));
    const before = await meta.get('restored') as Extract<MetaRow, { key: 'restored' }> | undefined;
    await meta.put({ key: 'restored', replies: [...before?.replies ?? [], ...lost.map(({ id, conversationId }) => ({ id, conversationId }))] });
    return lost.length;
  });
  async function check(): Promise<void> {
    isSound = false;
    const kept = await spare.all();
    if (kept.length > 0) await restore(kept);
    const [present, copied] = [await db.outbox.toArray(), new Set(kept.map(({ id }) => id))];
    const held = new Set(present.map(({ id }) => id));
    await spare.put(present.filter(({ id }) => !copied.has(id)));
    await spare.drop(kept.map(({ id }) => id).filter((id) => !held.has(id)));
    isSound = true;
  }
  const sound = async (): Promise<void> => { if (!isSound) await check(); };
  return {
    /** Compares outbox and spare, now. */
    check: (): Promise<void> => alone(check),
    /** `store` writes the entry; it is answered when both copies are there. */
    enter: (id: CommandId, store: () => Promise<void>, meanwhile: () => Promise<void>): Promise<void> => alone(async () => {
      await sound();
      await store();
      const entry = await db.outbox.get(id);
      await Promise.all([entry ? spare.put([entry]) : null, meanwhile()]);
    }),
    /** `change` may give the entry another id, and tells which it has then. */
    renew: (id: CommandId, change: () => Promise<CommandId | null>): Promise<void> => alone(async () => {
      await sound();
      await spare.drop([id]);
      const next = await change();
      const entry = await db.outbox.get(next ?? id);
      if (entry) await spare.put([entry]);
    }),
    /** `remove` deletes the entry. */
    leave: <T>(id: CommandId, remove: () => Promise<T>): Promise<T> => alone(async () => { await spare.drop([id]); return await remove(); }),
    /** Before everything of these conversations is deleted: nothing of it is to come back. */
    letGo: (conversations: readonly ConversationId[]): Promise<void> => alone(async () => {
      const gone = new Set(conversations);
      await spare.drop((await spare.all()).filter(({ conversationId }) => gone.has(conversationId)).map(({ id }) => id));
    }),
    /** Before the database is cleared on purpose. */
    forget: (): Promise<void> => alone(async () => spare.drop((await spare.all()).map(({ id }) => id))),
  };
}
