import { escalated } from '#lib/db/rows.ts';
import type { Database } from '#lib/db/schema.ts';
import type { AgentUp } from '#lib/protocol/agent.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';

const MOST = 200;

/** Which conversations' messages are streamed: escalated ones (waiting, mine) and whatever a page shows. */
export function createWatch(db: Database, send: (frame: AgentUp) => boolean) {
  /** With the `messageSeq` that was known when they were asked for: what is on its way is not asked for again. */
  let watched = new Map<ConversationId, number>();
  /** What each page says it shows, by the page's key. */
  const viewed = new Map<string, ConversationId>();
  const held = async (id: ConversationId): Promise<number> => (await db.stream.get(id))?.seq ?? 0;
  async function ask(id: ConversationId, messageSeq = watched.get(id) ?? 0): Promise<void> {
    watched.set(id, messageSeq);
    send({ type: 'watch', conversationId: id, after: await held(id) });
  }
  async function refresh(): Promise<void> {
    const self = await db.meta.get('self');
    const selfId = self?.key === 'self' ? self.member.id : null;
    const rows = (await escalated(db)).filter((row) => row.claim === null || row.claim.memberId === selfId);
    const wanted = new Set([...viewed.values(), ...rows.slice(0, MOST).map(({ id }) => id)]);
    for (const id of watched.keys()) if (!wanted.has(id)) { watched.delete(id); send({ type: 'unwatch', conversationId: id }); }
    const known = await db.conversation.bulkGet([...wanted]);
    const streams = await db.stream.bulkGet([...wanted]);
    for (const [at, id] of [...wanted].entries()) {
      const messageSeq = known[at]?.messageSeq ?? 0;
      if (!watched.has(id) || messageSeq > Math.max(watched.get(id) ?? 0, streams[at]?.seq ?? 0)) await ask(id, messageSeq);
    }
  }
  return {
    refresh, ask, isViewed: (id: ConversationId): boolean => [...viewed.values()].includes(id),
    async view(page: string, id: ConversationId | null): Promise<void> { if (id) viewed.set(page, id); else viewed.delete(page); await refresh(); },
    async reconnected(): Promise<void> { watched = new Map(); await refresh(); },
  };
}
