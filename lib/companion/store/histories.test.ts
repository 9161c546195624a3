import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MINUTE } from '#lib/base/time.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { Message } from '#lib/protocol/message.ts';
import { STORES } from './contract-stores.ts';
import { createWorld, done, type World } from './contract-world.ts';
import type { Commit, Committed } from './store.ts';

/** What a client holds: rows by kind and id, applied as the protocol says. */
type Held = Map<string, FeedRow['row']>;
function apply(held: Held, rows: FeedRow[]): Held {
  for (const { kind, row } of rows) {
    const before = held.get(`${kind} ${row.id}`);
    if (!before || before.seq < row.seq) held.set(`${kind} ${row.id}`, row);
  }
  return held;
}
const byKey = (held: Held): [string, FeedRow['row']][] => [...held].sort(([a], [b]) => (a < b ? -1 : 1));

async function feedAfter(w: World, after: number, limit: number): Promise<FeedRow[]> {
  const all: FeedRow[] = [];
  for (let at = after; ;) {
    const { rows, to, more } = await w.store.feed(w.workspaceId, at, limit);
    expect(rows.map(({ row }) => row.seq)).toEqual(rows.map(({ row }) => row.seq).sort((a, b) => a - b));
    all.push(...rows);
    if (!more) return all;
    at = to;
  }
}

const ACTS = ['say', 'say', 'escalate', 'email', 'back', 'feedback', 'bot', 'claim', 'release', 'reply', 'reply', 'note', 'return', 'resolve', 'reopen', 'archive', 'idle', 'available', 'rename', 'workspace', 'hire'] as const;
interface Step { act: (typeof ACTS)[number]; who: number; sam: boolean; later: number }
const step: fc.Arbitrary<Step> = fc.record({ act: fc.constantFrom(...ACTS), who: fc.nat(3), sam: fc.boolean(), later: fc.constantFrom(0, 1, MINUTE, 31 * MINUTE) });

/** One random act; refusals are as good as deeds. */
async function take(w: World, { act, who, sam, later }: Step, talks: Map<number, Conversation>): Promise<Committed> {
  w.now += later;
  const actor = sam ? w.sam : w.kim;
  const name = `v${who}`;
  const talk = talks.get(who);
  const conversationId = talk?.id;
  if (act === 'available') return w.settings(w.ada, { type: 'availability.set', botIds: null, on: sam });
  if (act === 'hire') return w.settings(w.ada, { type: 'member.add', memberId: w.id() as never, name: 'New', role: 'lead' });
  if (act === 'rename' || act === 'workspace') {
    const workspace = await w.store.workspace(w.workspaceId);
    const bot = (await w.store.bot(w.botId))!;
    return act === 'workspace' ? w.settings(w.ada, { type: 'workspace.save', settings: { ...workspace, name: `Shop ${w.now}` } })
      : w.settings(w.ada, { type: 'bot.save', botId: bot.id, baseSeq: bot.seq, settings: { ...bot, name: `Bean ${w.now}` } });
  }
  if (act === 'say' || !talk || !conversationId) return w.say(name, `At ${w.now}`);
  if (act === 'escalate') return w.escalate(name);
  if (act === 'email') return w.visitor(name, { type: 'visitor.email', email: 'kay@shop.example' });
  if (act === 'back') return w.visitor(name, { type: 'visitor.back' });
  if (act === 'feedback') return w.visitor(name, { type: 'visitor.feedback', messageId: (await w.store.messages(conversationId, 0, 1))[0]!.id, value: sam ? 'up' : 'down' });
  if (act === 'bot') return w.botTurn(conversationId, talk.owed?.last ?? 1, 'An answer');
  if (act === 'idle') return w.clock(conversationId, { type: 'clock.release' });
  if (act === 'reply') return w.member(actor, { type: 'message.send', conversationId, text: 'Hi', seen: talk.messageCount, claim: true });
  if (act === 'note') return w.member(actor, { type: 'note.add', conversationId, text: 'Remember' });
  return w.member(actor, { type: `conversation.${act}`, conversationId });
}

for (const [name, open] of Object.entries(STORES)) {
  test(`${name}: from any moment, snapshot and feed end in the same rows as the live commits, and messages likewise`, async () => {
    const { store, dispose } = await open();
    let worlds = 0;
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.nat(39), fc.integer({ min: 1, max: 7 }), async (steps, cut, limit) => {
      const w = await createWorld(store, `h${(worlds += 1)}`);
      const talks = new Map<number, Conversation>();
      const commits: Commit[] = [];
      let early = await store.snapshot(w.workspaceId, 1_000);
      let read: Message[] = [];
      for (const [i, one] of steps.entries()) {
        if (i === cut) {
          early = await store.snapshot(w.workspaceId, 1_000);
          read = (await Promise.all([...talks.values()].map(({ id }) => store.messages(id, 0, 1_000)))).flat();
        }
        const committed = await take(w, one, talks);
        if (!committed.ok || !committed.commit) continue;
        commits.push(committed.commit);
        if (committed.conversation) talks.set(one.who, committed.conversation);
      }
      const late = await store.snapshot(w.workspaceId, 1_000);
      const expected = byKey(apply(new Map(), late.rows));
      expect(late.to).toBe(await store.head(w.workspaceId));
      expect(byKey(apply(new Map(), await feedAfter(w, 0, limit)))).toEqual(expected);
      expect(byKey(apply(apply(new Map(), early.rows), await feedAfter(w, early.to, limit)))).toEqual(expected);
      expect(byKey(apply(apply(new Map(), early.rows), commits.filter((one) => one.to > early.to).flatMap((one) => one.rows)))).toEqual(expected);
      await sameMessages(w, { since: early.to, read }, commits, late.rows);
    }), { numRuns: 40 });
    await dispose();
  }, 60_000);

  test(`${name}: a snapshot taken while others write is of one moment`, async () => {
    const { store, dispose } = await open();
    const w = await createWorld(store, 'busy');
    // Few in flight: many small commits, so that some fall between a snapshot's reads.
    await Promise.all(Array.from({ length: 200 }, (_, i) => w.started(`v${i}`)));
    const writing = Promise.all(Array.from({ length: 4 }, async (_, lane) => {
      for (let i = 0; i < 200; i++) done(await w.say(`v${(i * 4 + lane) % 200}`, `line ${i}`));
    }));
    const snapshots = [];
    let busy = true;
    void writing.then(() => { busy = false; });
    while (busy) {
      snapshots.push(await store.snapshot(w.workspaceId, 1_000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
    expect(snapshots.length).toBeGreaterThan(20);
    // The row that took the newest seq is never overwritten by an older one: a snapshot without it has missed it.
    for (const { rows, to } of snapshots) expect(Math.max(...rows.map(({ row }) => row.seq))).toBe(to);
    await dispose();
  }, 60_000);
}

/** Every conversation's stream: dense places, no two rows of one seq, and a resume equals the whole. */
async function sameMessages(w: World, { since, read }: { since: number; read: Message[] }, commits: Commit[], rows: FeedRow[]): Promise<void> {
  const seqs: number[] = rows.map(({ row }) => row.seq);
  for (const { kind, row } of rows) {
    if (kind !== 'conversation') continue;
    const all = await w.store.messages(row.id, 0, 1_000);
    seqs.push(...all.map((one) => one.seq));
    expect(all.map((one) => one.index)).toEqual(all.map((_, i) => i + 1));
    expect(row.messageCount).toBe(all.length);
    expect(Math.max(0, ...all.map((one) => one.seq))).toBe(row.messageSeq);
    const resumed = new Map(read.filter((one) => one.conversationId === row.id).map((one) => [one.id, one]));
    for (const message of await w.store.messages(row.id, since, 1_000)) resumed.set(message.id, message);
    expect([...resumed.values()].sort((a, b) => a.index - b.index)).toEqual(all);
    const live = new Map<string, Message>();
    let held = 0;
    for (const { stream } of commits) {
      if (stream?.conversationId !== row.id) continue;
      expect(stream.from).toBe(held);
      held = stream.to;
      for (const message of stream.messages) live.set(message.id, message);
    }
    expect([...live.values()].sort((a, b) => a.index - b.index)).toEqual(all);
  }
  expect(new Set(seqs).size).toBe(seqs.length);
}
