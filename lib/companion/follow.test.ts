import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { ConversationId, MessageId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Message } from '#lib/protocol/message.ts';
import type { Hint } from './bus/bus.ts';
import { createLocalBus } from './bus/local.ts';
import { followCommits } from './follow.ts';
import type { Commit, Store } from './store/store.ts';

const WS = 'w' as WorkspaceId;

/** A store of one-line conversations: each commit adds a message and moves the conversation's row. */
function miniature() {
  let head = 0;
  const rows = new Map<ConversationId, number>();
  const messages: Message[] = [];
  const rowOf = (id: ConversationId): FeedRow => ({ kind: 'conversation', row: { id, seq: rows.get(id)! } as never });
  const store: Pick<Store, 'feed' | 'streams' | 'head'> = {
    head: async () => head,
    async feed(_, after, limit) {
      const all = [...rows].filter(([, seq]) => seq > after).sort((a, b) => a[1] - b[1]).map(([id]) => rowOf(id));
      const more = all.length > limit;
      return { rows: all.slice(0, limit), more, to: more ? all[limit - 1]!.row.seq : head };
    },
    streams: async (ids, after) => ids.flatMap((conversationId) => {
      const mine = messages.filter((one) => one.conversationId === conversationId);
      const found = mine.filter(({ seq }) => seq > after);
      return found.length === 0 ? [] : [{ conversationId, from: Math.max(0, ...mine.filter(({ seq }) => seq <= after).map(({ seq }) => seq)), to: Math.max(...found.map(({ seq }) => seq)), messages: found }];
    }),
  };
  const commit = (name: string): Commit => {
    const conversationId = name as ConversationId;
    const before = Math.max(0, ...messages.filter((one) => one.conversationId === conversationId).map(({ seq }) => seq));
    const message = { id: `m${head}` as MessageId, conversationId, seq: head + 1, index: 1, at: 0, kind: 'said', author: { kind: 'visitor' }, text: '' } as Message;
    messages.push(message);
    rows.set(conversationId, head + 2);
    head += 2;
    return { workspaceId: WS, from: head - 2, to: head, rows: [rowOf(conversationId)], stream: { conversationId, from: before, to: message.seq, messages: [message] } };
  };
  return { store, commit, head: () => head, messages };
}

const hintOf = (commit: Commit): Hint => ({ kind: 'commit', workspaceId: WS, commit });

test('whatever hints are lost, late, doubled or mere doorbells: all is passed on, in order, each message within its stream', async () => {
  const fate = fc.record({ name: fc.constantFrom('a', 'b', 'c'), fate: fc.constantFrom('told', 'lost', 'late', 'twice', 'bell') });
  await fc.assert(fc.asyncProperty(fc.array(fate, { maxLength: 30 }), async (plan) => {
    const { store, commit, head, messages } = miniature();
    const bus = createLocalBus();
    const passed: Commit[] = [];
    const follower = followCommits({ store, bus, workspaceId: WS, from: 0, onError: (error) => { throw error; }, pollMs: 5 });
    follower.onCommit((one) => passed.push(one));
    const late: Commit[] = [];
    for (const { name, fate: becomes } of plan) {
      const made = commit(name);
      if (becomes === 'late') late.push(made);
      if (becomes === 'bell') bus.publish({ kind: 'bell', workspaceId: WS, to: made.to });
      if (becomes === 'told' || becomes === 'twice') bus.publish(hintOf(made));
      if (becomes === 'twice') bus.publish(hintOf(made));
      if (late.length > 2) for (const one of late.splice(0).reverse()) bus.publish(hintOf(one));
      await Promise.resolve();
    }
    if (head() > 0) await vi.waitFor(() => expect(passed.at(-1)?.to).toBe(head()), { interval: 1 });
    follower.close();
    passed.reduce((held, one) => { expect(one.from).toBe(held); expect(one.to).toBeGreaterThan(held); return one.to; }, 0);
    // A client that follows the streams by their rule holds every message, and never sees a hole.
    const streams = new Map<string, number>();
    const seen = new Set<string>();
    for (const { stream } of passed) {
      if (!stream) continue;
      expect(stream.from).toBeLessThanOrEqual(streams.get(stream.conversationId) ?? 0);
      streams.set(stream.conversationId, Math.max(stream.to, streams.get(stream.conversationId) ?? 0));
      for (const { id } of stream.messages) seen.add(id);
    }
    expect(seen.size).toBe(messages.length);
  }), { numRuns: 60 });
});

test('a store that fails for a moment is asked again, and a listener that throws keeps nobody from hearing', async () => {
  const { store, commit } = miniature();
  const bus = createLocalBus();
  const errors: unknown[] = [];
  let isDown = true;
  const follower = followCommits({ bus, workspaceId: WS, from: 0, onError: (error) => errors.push(error), pollMs: 5,
    store: { ...store, feed: (...asked) => (isDown ? Promise.reject(new Error('away')) : store.feed(...asked)) } });
  follower.onCommit(() => { throw new Error('deaf'); });
  const heard: number[] = [];
  follower.onCommit(({ to }) => heard.push(to));
  commit('a');
  await vi.waitFor(() => expect(errors).toMatchObject([{ message: 'away' }, ...errors.slice(1)]), { interval: 1 });
  isDown = false;
  await vi.waitFor(() => expect(heard).toEqual([2]), { interval: 1 });
  follower.close();
  expect(errors.at(-1)).toMatchObject({ message: 'deaf' });
});
