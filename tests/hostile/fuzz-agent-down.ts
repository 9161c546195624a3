import 'fake-indexeddb/auto';
import { uuid } from '#lib/base/uuid.ts';
import { openDatabase } from '#lib/db/schema.ts';
import { Conversation } from '#lib/protocol/conversation.ts';
import { Message, Note } from '#lib/protocol/message.ts';
import { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import { createEngine } from '#lib/sync/engine.ts';
import type { SocketEvents } from '#lib/sync/connection.ts';
import { createMemorySpare } from '../support/memory-spare.ts';
import type { Family } from './family.ts';
import { agentDownFrame, ROWS, WELCOME } from './good-down.ts';
import { createValues, hostileJson } from './mutate.ts';

/** A good frame goes through several transactions of the database: one in so many inputs. */
const GOOD = 200;
const SAID = /^The companion reports /;
const TABLES = { conversation: Conversation, message: Message, note: Note, bot: Bot, member: Member, workspace: Workspace } as const;

/** Frames of a companion into the worker's real engine and database: what cannot be read changes nothing, and it goes on. */
export async function agentDown(seed: number): Promise<Family<Buffer>> {
  const values = createValues(seed);
  const db = openDatabase(uuid());
  let wire: SocketEvents | null = null;
  const faults: unknown[] = [];
  const engine = createEngine({ db, spare: createMemorySpare(), build: '1', onStorage: () => undefined, now: () => 1, random: () => 1, workerId: 'w', keepAwake: () => undefined,
    openSocket: (_, events) => { wire = events; queueMicrotask(events.open); return { send: () => undefined, close: () => undefined }; },
    credentials: () => Promise.resolve({ address: 'http://127.0.0.1:1', token: 'a'.repeat(43) }), rotate: () => Promise.resolve(),
    onChange: () => Promise.resolve({ badge: '', alerted: [] }), onOutbox: () => undefined, onFault: (error) => faults.push(error) });
  const say = async (frame: object): Promise<void> => { wire?.message(JSON.stringify(frame)); await engine.idle(); };
  await engine.connect();
  await say(WELCOME);
  return {
    name: 'AgentDown frames',
    make: (chance) => hostileJson(chance, agentDownFrame(chance), values, GOOD),
    async check(bytes) {
      wire?.message(bytes.toString());
      await engine.idle();
      const odd = faults.splice(0).find((error) => !(error instanceof Error && SAID.test(error.message)));
      if (odd) return `the engine failed: ${odd instanceof Error ? odd.stack : String(odd)}`;
      if (engine.link().name === 'too_old' && bytes.includes('welcome')) {
        // It said that it is older than anything we can talk to, and was believed. A person tries again.
        await engine.connect(true);
        await say(WELCOME);
      }
      return engine.link().name === 'online' || bytes.includes('drain') || `the link is ${engine.link().name}`;
    },
    async settle() {
      for (const [table, schema] of Object.entries(TABLES)) for (const row of await db.table(table).toArray()) if (!schema.safeParse(row).success) return `${table} holds what is not of the protocol: ${JSON.stringify(row).slice(0, 300)}`;
      await say({ ...WELCOME, epoch: 'anew' });
      await say({ type: 'feed', from: 0, to: 7, rows: ROWS, reset: true });
      const isFollowing = await db.conversation.count() === 2 && faults.splice(0).length === 0;
      return isFollowing ? null : 'it follows the companion no longer';
    },
    close: () => { engine.close(); db.close(); },
  };
}
