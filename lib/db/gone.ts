import type { ConversationId } from '#lib/protocol/ids.ts';
import type { Gone } from '#lib/protocol/feed.ts';
import type { Database } from './schema.ts';
import { write, type Tables } from './write.ts';

/** A conversation that was deleted. Of its content nothing; the visitor's name only until an unsent reply was told of. */
export interface Forgotten { id: ConversationId; at: number; name: string; /** This agent's replies and notes that were never sent. */ unsent: number }

/** Long after an answer that was on its way could still bring back what was deleted. */
const KEPT = 500;

/** Newest last. */
export async function forgotten(db: Pick<Tables, 'meta'>): Promise<Forgotten[]> {
  const row = await db.meta.get('gone');
  return row?.key === 'gone' ? row.conversations : [];
}
export const isGone = async (db: Pick<Tables, 'meta'>, id: ConversationId): Promise<boolean> => (await forgotten(db)).some((one) => one.id === id);
const keep = (db: Pick<Tables, 'meta'>, conversations: Forgotten[]): Promise<unknown> => db.meta.put({ key: 'gone', conversations: conversations.slice(-KEPT) });

/** Everything that is held of them goes, unsent words and drafts too. `db`: of a transaction over all tables that hold any. */
export async function forget(db: Tables, gone: readonly Gone[]): Promise<void> {
  if (gone.length === 0) return;
  const known = await forgotten(db);
  for (const { id, at } of gone) {
    const unsent = await db.outbox.where('[conversationId+order]').between([id, -Infinity], [id, Infinity]).delete();
    const name = unsent > 0 ? (await db.conversation.get(id))?.visitor.name ?? 'a visitor' : '';
    await db.message.where('[conversationId+index]').between([id, -Infinity], [id, Infinity]).delete();
    await db.note.where('[conversationId+at]').between([id, -Infinity], [id, Infinity]).delete();
    await db.draft.where('conversationId').equals(id).delete();
    await db.stream.delete(id);
    await db.conversation.delete(id);
    if (!known.some((one) => one.id === id)) known.push({ id, at, name, unsent });
  }
  await keep(db, known);
}

/** Words written to a conversation that is gone: its author is to be told. @returns whether it is gone */
export async function loseUnsent(db: Pick<Tables, 'meta'>, id: ConversationId): Promise<boolean> {
  const known = await forgotten(db);
  if (!known.some((one) => one.id === id)) return false;
  await keep(db, known.map((one) => (one.id === id ? { ...one, name: one.name || 'a visitor', unsent: one.unsent + 1 } : one)));
  return true;
}

/** The author has read it. */
export const toldOfUnsent = (db: Database): Promise<unknown> => write(db, ['meta'], async (tables) => keep(tables, (await forgotten(tables)).map((one) => ({ ...one, name: '', unsent: 0 }))));
