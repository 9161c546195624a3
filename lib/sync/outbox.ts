import { putNewer } from '#lib/db/rows.ts';
import type { Database, OutboxEntry } from '#lib/db/schema.ts';
import type { AgentDown, AgentUp } from '#lib/protocol/agent.ts';
import type { Refusal } from '#lib/protocol/command.ts';
import type { CommandId } from '#lib/protocol/ids.ts';

const WINDOW = 32;
const AGAIN_MS = 2_000;
/** Refusals that time heals: the entry stays queued. */
const PASSING: ReadonlySet<Refusal['code']> = new Set(['rate_limited', 'draining', 'internal']);

export interface OutboxPort { db: Database; now: () => number; send: (frame: AgentUp) => boolean; onCount: (count: number) => void }

/** An agent's words until the companion has them: one at a time per conversation, in order, 32 at once overall (law 8). */
export function createOutbox({ db, now, send, onCount }: OutboxPort) {
  /** Sent on the present socket and not answered yet. */
  let flying = new Set<CommandId>();
  let again: ReturnType<typeof setTimeout> | undefined;
  let flushing: Promise<void> = Promise.resolve();
  const count = async (): Promise<void> => onCount(await db.outbox.count());

  async function sendDue(): Promise<void> {
    const entries = await db.outbox.orderBy('order').toArray();
    const blocked = new Set<string>();
    for (const entry of entries) {
      if (entry.state === 'failed' || blocked.has(entry.conversationId)) continue;
      blocked.add(entry.conversationId);
      if (entry.state === 'held' || flying.has(entry.id) || flying.size >= WINDOW) continue;
      await db.outbox.update(entry.id, { state: 'sent' });
      flying.add(entry.id);
      if (!send({ type: 'command', id: entry.id, command: entry.command })) { flying.delete(entry.id); return; }
    }
  }
  const flush = (): Promise<void> => (flushing = flushing.then(sendDue, sendDue));

  return {
    /** Stored before it resolves; the same id twice is one entry. */
    async add(id: CommandId, command: OutboxEntry['command']): Promise<void> {
      await db.transaction('rw', [db.outbox, db.message, db.note], async () => {
        if (await db.outbox.get(id) || await db.message.get(id as never) || await db.note.get(id as never)) return;
        const last = await db.outbox.orderBy('order').last();
        await db.outbox.add({ id, conversationId: command.conversationId, order: (last?.order ?? 0) + 1, at: now(), command, state: 'queued', refusal: null });
      });
      await count();
      await flush();
    },
    async retry(id: CommandId, force?: boolean, seen?: number): Promise<void> {
      await db.transaction('rw', db.outbox, async () => {
        const entry = await db.outbox.get(id);
        if (!entry || entry.state === 'queued' || entry.state === 'sent') return;
        const command = entry.command.type === 'message.send'
          ? { ...entry.command, ...(force === undefined ? {} : { force }), ...(seen === undefined ? {} : { seen }) } : entry.command;
        await db.outbox.put({ ...entry, command, state: 'queued', refusal: null });
      });
      await flush();
    },
    async discard(id: CommandId): Promise<void> { await db.outbox.delete(id); flying.delete(id); await count(); await flush(); },
    /** @returns whether the answer was to an entry of ours */
    async acked(frame: Extract<AgentDown, { type: 'ack' }>): Promise<boolean> {
      flying.delete(frame.id);
      const ours = await db.transaction('rw', [db.outbox, db.message, db.note], async () => {
        if (!await db.outbox.get(frame.id)) return false;
        await db.outbox.delete(frame.id);
        if (frame.message) await putNewer(db.message, [frame.message]);
        if (frame.note) await putNewer(db.note, [frame.note]);
        return true;
      });
      if (ours) { await count(); await flush(); }
      return ours;
    },
    async nacked(id: CommandId, refusal: Refusal): Promise<boolean> {
      flying.delete(id);
      const passing = PASSING.has(refusal.code);
      const ours = await db.outbox.update(id, passing ? { state: 'queued' } : { state: refusal.code === 'held' ? 'held' : 'failed', refusal }) > 0
        || await db.outbox.get(id) !== undefined;
      if (!ours) return false;
      if (passing) { clearTimeout(again); again = setTimeout(() => void flush(), AGAIN_MS); } else await flush();
      return true;
    },
    /** A new socket: what was sent on the old one is sent again, with the same ids. */
    async reconnected(): Promise<void> { flying = new Set(); await flush(); },
    close: (): void => clearTimeout(again),
  };
}
