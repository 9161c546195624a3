import { uuid } from '#lib/base/uuid.ts';
import { isGone, loseUnsent } from '#lib/db/gone.ts';
import { putNewer } from '#lib/db/rows.ts';
import type { Database, OutboxEntry } from '#lib/db/schema.ts';
import { write } from '#lib/db/write.ts';
import type { AgentDown, AgentUp } from '#lib/protocol/agent.ts';
import type { Refusal } from '#lib/protocol/command.ts';
import { CommandId, type ConversationId } from '#lib/protocol/ids.ts';
import { isQuota, type Room } from './room.ts';
import { createKeeper, type Spare } from './spare.ts';

const WINDOW = 32;
const AGAIN_MS = 2_000;
/** An `internal` fault may pass; the same one so often in a row is the fault of this reply, and its author decides. */
const TRIES = 5;
/** Refusals that time heals: the entry stays queued. */
const PASSING: ReadonlySet<Refusal['code']> = new Set(['rate_limited', 'draining', 'internal']);

export interface OutboxPort { db: Database; spare: Spare; room: Room; now: () => number; send: (frame: AgentUp) => boolean; onCount: (count: number) => void; onFault: (error: unknown) => void }

/** What is on its way on the present socket. One pass at a time: oldest first, one per conversation, a window overall. */
function createSender({ db, send }: OutboxPort) {
  const flying = new Set<CommandId>();
  /** Refused for now: not again before the next round, however often others move on. */
  const resting = new Set<CommandId>();
  let flushing: Promise<void> = Promise.resolve();
  async function sendDue(): Promise<void> {
    const entries = await db.outbox.orderBy('order').toArray();
    const blocked = new Set<string>();
    for (const entry of entries) {
      if (entry.state === 'failed' || blocked.has(entry.conversationId)) continue;
      blocked.add(entry.conversationId);
      if (entry.state === 'held' || flying.has(entry.id) || resting.has(entry.id) || flying.size >= WINDOW) continue;
      await db.outbox.update(entry.id, { state: 'sent' });
      flying.add(entry.id);
      if (!send({ type: 'command', id: entry.id, command: entry.command })) { flying.delete(entry.id); return; }
    }
  }
  return { flying, resting, flush: (): Promise<void> => (flushing = flushing.then(sendDue, sendDue)) };
}

/** Stored before it resolves; the same id twice is one entry. */
const store = ({ db, now }: OutboxPort, id: CommandId, command: OutboxEntry['command']): Promise<void> =>
  write(db, ['outbox', 'message', 'note', 'meta'], async (tables) => {
    const { outbox, message, note } = tables;
    if (await loseUnsent(tables, command.conversationId)) return;
    if (await outbox.get(id) || await message.get(id as never) || await note.get(id as never)) return;
    const last = await outbox.orderBy('order').last();
    await outbox.add({ id, conversationId: command.conversationId, order: (last?.order ?? 0) + 1, at: now(), command, state: 'queued', refusal: null });
  });

/**
 * Back in the queue because its author says so. The companion's refusal of an id is final, so words that it refused go
 * under a new one; after a fault nobody knows whether they were taken, and their own id finds out.
 * @returns the id in the queue now
 */
const requeue = ({ db, now }: OutboxPort, id: CommandId, force?: boolean, seen?: number): Promise<CommandId | null> =>
  write(db, ['outbox'], async ({ outbox }) => {
    const entry = await outbox.get(id);
    if (!entry || entry.state === 'queued' || entry.state === 'sent') return null;
    const command = entry.command.type === 'message.send'
      ? { ...entry.command, ...(force === undefined ? {} : { force }), ...(seen === undefined ? {} : { seen }) } : entry.command;
    const isFinal = entry.refusal?.code !== 'internal';
    const next = isFinal ? CommandId.parse(uuid(now())) : id;
    if (isFinal) await outbox.delete(id);
    await outbox.put({ ...entry, id: next, command, state: 'queued', refusal: null, tries: 0 });
    return next;
  });

/** The entry goes and what it became comes, in one transaction: nothing flickers. @returns whether it was ours */
const settle = ({ db }: OutboxPort, frame: Extract<AgentDown, { type: 'ack' }>): Promise<boolean> =>
  write(db, ['outbox', 'message', 'note', 'meta'], async (tables) => {
    const { outbox, message, note } = tables;
    const entry = await outbox.get(frame.id);
    if (!entry) return false;
    await outbox.delete(frame.id);
    if (await isGone(tables, entry.conversationId)) return true;
    if (frame.message) await putNewer(message, [frame.message]);
    if (frame.note) await putNewer(note, [frame.note]);
    return true;
  });

/** Refused. @returns whether it is to be tried again by itself */
const refuse = ({ db }: OutboxPort, entry: OutboxEntry, refusal: Refusal): Promise<boolean> => write(db, ['outbox'], async ({ outbox }) => {
  const tries = (entry.tries ?? 0) + (refusal.code === 'internal' ? 1 : 0);
  const passes = PASSING.has(refusal.code) && tries < TRIES;
  const words = tries < TRIES ? refusal : { ...refusal, message: `${refusal.message} Tried ${tries} times.` };
  await outbox.update(entry.id, passes ? { state: 'queued', tries } : { state: refusal.code === 'held' ? 'held' : 'failed', refusal: words, tries });
  return passes;
});

const noSpace = (error: unknown): Error => (isQuota(error)
  ? new Error('There is no space left for Baton on this computer, so this was not stored and not sent. Free some space, then send it again.', { cause: error }) : error as Error);

/** Refused because the conversation was deleted meanwhile: there is nothing to try again. */
const lose = ({ db }: OutboxPort, { id, conversationId }: OutboxEntry): Promise<unknown> =>
  write(db, ['outbox', 'meta'], async (tables) => { if (await loseUnsent(tables, conversationId)) await tables.outbox.delete(id); });

/** An agent's words until the companion has them: one at a time per conversation, in order, 32 at once overall (law 8). */
export function createOutbox(port: OutboxPort) {
  const { db, room } = port;
  const { flying, resting, flush } = createSender(port);
  const keeper = createKeeper(db, port.spare);
  let again: ReturnType<typeof setTimeout> | undefined;
  const count = async (): Promise<void> => port.onCount(await db.outbox.count());
  const nextRound = (): void => {
    again ??= setTimeout(() => { again = undefined; resting.clear(); flush().catch(port.onFault); }, AGAIN_MS);
  };
  return {
    /** @throws Error with words when there is no space for it */
    async add(id: CommandId, command: OutboxEntry['command']): Promise<void> {
      await keeper.enter(id, () => room(() => store(port, id, command)), flush).catch((error: unknown) => { throw noSpace(error); });
      await count();
    },
    async retry(id: CommandId, force?: boolean, seen?: number): Promise<void> {
      await keeper.renew(id, () => requeue(port, id, force, seen));
      resting.delete(id);
      await flush();
    },
    async discard(id: CommandId): Promise<void> {
      await keeper.leave(id, () => db.outbox.delete(id));
      flying.delete(id);
      await count();
      await flush();
    },
    /** @returns whether the answer was to an entry of ours */
    async acked(frame: Extract<AgentDown, { type: 'ack' }>): Promise<boolean> {
      flying.delete(frame.id);
      if (!await db.outbox.get(frame.id)) return false;
      // Done there, but not yet noted here: asked again, the companion says the same.
      const ours = await keeper.leave(frame.id, () => room(() => settle(port, frame))).catch((error: unknown) => { nextRound(); throw error; });
      if (ours) { await count(); await flush(); }
      return ours;
    },
    async nacked(id: CommandId, refusal: Refusal): Promise<boolean> {
      flying.delete(id);
      const entry = await db.outbox.get(id);
      if (!entry) return false;
      if (refusal.code === 'not_found' && await isGone(db, entry.conversationId)) {
        await keeper.leave(id, () => lose(port, entry));
        await count();
      } else if (await refuse(port, entry, refusal)) { resting.add(id); nextRound(); }
      await flush();
      return true;
    },
    /** A new socket: what was sent on the old one is sent again, with the same ids. */
    async reconnected(): Promise<void> {
      await keeper.check();
      flying.clear();
      resting.clear();
      await flush();
    },
    /** The database may have been lost: what was unsent comes back from its second copy. */
    check: keeper.check,
    letGo: (conversations: readonly ConversationId[]): Promise<void> => keeper.letGo(conversations),
    forget: keeper.forget,
    close: (): void => clearTimeout(again),
  };
}
