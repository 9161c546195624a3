import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConversationId, MessageId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Bus, Hint } from './bus.ts';

/** Two nodes' ends of one bus (the same twice where there is only one node), and what listeners threw. */
export interface BusUnderTest { one: Bus; two: Bus; errors: unknown[]; close(): Promise<void> }

const [SHOP, OTHER] = ['shop', 'other'] as [WorkspaceId, WorkspaceId];
const commit = (to: number, workspaceId = SHOP): Hint => ({ kind: 'commit', workspaceId, commit: { workspaceId, from: to - 1, to, rows: [], stream: null } });
const typing = (by: string): Hint => ({ kind: 'typing', workspaceId: SHOP, typing: { conversationId: 'c' as ConversationId, who: 'visitor', by, member: null, on: true } });
const delta = (text: string): Hint => ({ kind: 'delta', workspaceId: SHOP, delta: { conversationId: 'c' as ConversationId, id: 'm' as MessageId, text } });
const reach = (hint: Hint): number => (hint.kind === 'commit' ? hint.commit.to : hint.kind === 'bell' ? hint.to : 0);

/** A listener that keeps what it hears, and can be waited for. */
function ear(bus: Bus, workspaceId = SHOP) {
  const heard: Hint[] = [];
  const waiting = new Set<() => void>();
  const stop = bus.subscribe(workspaceId, (hint) => {
    heard.push(hint);
    for (const look of waiting) look();
  });
  const until = (what: (hint: Hint) => boolean): Promise<void> => new Promise((resolve) => {
    const look = (): void => { if (heard.some(what)) { waiting.delete(look); resolve(); } };
    waiting.add(look);
    look();
  });
  return { heard, stop, until, reaches: (to: number) => until((hint) => reach(hint) >= to) };
}

/** A subscription may take a moment to reach the other node: calls until it is heard there. */
async function met(from: Bus, to: Bus, ...workspaces: WorkspaceId[]): Promise<void> {
  await Promise.all(workspaces.map((workspaceId) => new Promise<void>((resolve) => {
    const call = setInterval(() => from.publish({ kind: 'presence', workspaceId }), 10);
    const stop = to.subscribe(workspaceId, () => { clearInterval(call); stop(); resolve(); });
  })));
}
const isCommit = (hint: Hint): boolean => reach(hint) > 0;

type Under = () => BusUnderTest;

function travelContract(under: Under): void {
  test('everybody who subscribed to a workspace, on every node, hears of its commits, and nobody else', async () => {
    const { one, two } = under();
    const [here, there, elsewhere] = [ear(one), ear(two), ear(two, OTHER)];
    await met(one, two, SHOP, OTHER);
    for (const to of [1, 2, 3]) one.publish(commit(to));
    expect(here.heard.filter(isCommit).map(reach)).toEqual([1, 2, 3]);
    one.publish(commit(9, OTHER));
    await Promise.all([there.reaches(3), elsewhere.reaches(9)]);
    expect(there.heard.every(({ workspaceId }) => workspaceId === SHOP)).toBe(true);
    expect(elsewhere.heard.filter(isCommit).map(reach)).toEqual([9]);
  });

  test('nobody hears the same hint of their own node twice', async () => {
    const { one, two } = under();
    const [here, there] = [ear(one), ear(two)];
    await met(one, two, SHOP);
    await met(two, one, SHOP);
    one.publish(commit(1));
    await there.reaches(1);
    two.publish(commit(2));
    await here.reaches(2);
    expect(here.heard.filter((hint) => reach(hint) === 1)).toHaveLength(1);
  });

  test('typing, growing answers and presence travel as they are', async () => {
    const { one, two } = under();
    const there = ear(two);
    await met(one, two, SHOP);
    there.heard.length = 0;
    one.publish(typing('Visitor 7'));
    one.publish(delta('It ships \u0000 "to 日本"\n'));
    one.publish(delta(''));
    one.publish({ kind: 'presence', workspaceId: SHOP });
    await there.until(({ kind }) => kind === 'presence');
    expect(there.heard.filter(({ kind }) => kind !== 'presence')).toEqual([typing('Visitor 7'), delta('It ships \u0000 "to 日本"\n'), delta('')]);
  });

  test('an answer that is too large to travel is lost, and nothing with it', async () => {
    const { one, two } = under();
    const there = ear(two);
    await met(one, two, SHOP);
    one.publish(delta('x'.repeat(3_000_000)));
    one.publish(typing('Visitor 8'));
    await there.until(({ kind }) => kind === 'typing');
    one.publish(commit(1));
    await there.reaches(1);
  });
}

function listenerContract(under: Under): void {
  test('who stopped hears no more, the others do; stopping twice is once', async () => {
    const { one, two } = under();
    const [gone, stays] = [ear(two), ear(two)];
    await met(one, two, SHOP);
    gone.heard.length = 0;
    gone.stop();
    gone.stop();
    one.publish(commit(1));
    await stays.reaches(1);
    expect(gone.heard).toEqual([]);
    stays.stop();
    const late = ear(two);
    await met(one, two, SHOP);
    one.publish(commit(2));
    await late.reaches(2);
  });

  test('a listener that throws is reported and keeps nobody from hearing', async () => {
    const { one, two, errors } = under();
    const there = ear(two);
    await met(one, two, SHOP);
    two.subscribe(SHOP, (hint) => { if (isCommit(hint)) throw new Error('deaf'); });
    one.publish(commit(1));
    await there.reaches(1);
    expect(errors).toMatchObject([{ message: 'deaf' }]);
  });

  test('a commit with a megabyte in it is heard of too', async () => {
    const { one, two } = under();
    const there = ear(two);
    await met(one, two, SHOP);
    const big = commit(1);
    if (big.kind === 'commit') big.commit.stream = { conversationId: 'c' as ConversationId, from: 0, to: 1, messages: [{ id: 'm' as never, conversationId: 'c' as ConversationId, index: 1, seq: 1, at: 1, kind: 'said', author: { kind: 'visitor' }, text: 'x'.repeat(1_000_000) }] };
    one.publish(big);
    await there.reaches(1);
  });
}

/** What every bus does while nothing is lost. How far a commit reaches is what counts: the rows may travel, or be read from the store. */
export function busContract(name: string, open: () => Promise<BusUnderTest>): void {
  describe(name, () => {
    let under: BusUnderTest;
    beforeEach(async () => { under = await open(); });
    afterEach(() => under.close());
    travelContract(() => under);
    listenerContract(() => under);
  });
}
