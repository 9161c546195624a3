import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY, HOUR } from '#lib/base/time.ts';
import { uuid } from '#lib/base/uuid.ts';
import type { VisitorId } from '#lib/protocol/ids.ts';
import { createWorld, done, T0, type World } from './contract-world.ts';
import { openEmbeddedStore } from './embedded.ts';

const CANARIES = 1_000;
let dir = '';
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'baton-scrub-')); });
afterEach(() => { rmSync(dir, { recursive: true }); });

/** How many of them any file of the folder holds, in bytes as they lie there. */
function found(canaries: readonly string[]): { count: number; journal: number } {
  let count = 0;
  let journal = 0;
  for (const name of readdirSync(dir)) {
    const bytes = readFileSync(join(dir, name));
    count += canaries.filter((one) => bytes.includes(one)).length;
    if (name.endsWith('-wal')) journal = statSync(join(dir, name)).size;
  }
  return { count, journal };
}
/** Lines of every length a page can hold, whole pages and more, among those of visitors who stay. */
async function plant(world: World, canaries: string[]): Promise<VisitorId[]> {
  const lengths = [0, 40, 300, 1_200, 3_900];
  const doomed: VisitorId[] = [];
  for (let round = 0; canaries.length < CANARIES; round++) {
    const who = `v${round}`;
    const stays = round % 2 === 1;
    if (!stays) doomed.push(world.visitorId(who));
    const lines = Array.from({ length: 10 }, (_, i) => {
      const word = `${stays ? 'STAYS' : 'CANARY'}-${uuid()}`;
      if (!stays) canaries.push(word);
      return `${word} ${'x'.repeat(lengths[(round + i) % lengths.length]!)}`;
    });
    const id = await world.started(who, lines[0]);
    await Promise.all(lines.slice(1, 6).map((text) => world.say(who, text)));
    await Promise.all(lines.slice(6, 9).map((text) => world.member(world.sam, { type: 'note.add', conversationId: id, text })));
    done(await world.visitor(who, { type: 'visitor.email', email: `${lines[9]!.split(' ')[0]!.toLowerCase()}@example.com` }));
    canaries.push(...(stays ? [] : [`${lines[9]!.split(' ')[0]!.toLowerCase()}@example.com`]));
  }
  return doomed;
}
const waitFor = async (what: string, check: () => boolean): Promise<void> => {
  const deadline = performance.now() + 15_000;
  while (!check()) {
    if (performance.now() > deadline) throw new Error(`${what}: not within 15 s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

test(`of ${CANARIES} deleted texts no byte is left in the folder: none in the journal after seconds, none in the file after the daily rewrite`, { timeout: 120_000 }, async () => {
  const store = await openEmbeddedStore({ dir });
  const world = await createWorld(store);
  const canaries: string[] = [];
  const doomed = await plant(world, canaries);
  expect(found(canaries).count).toBeGreaterThanOrEqual(CANARIES * 0.9);
  for (const visitorId of doomed) done(await world.settings(world.ada, { type: 'visitor.delete', botId: world.botId, visitorId }));
  await waitFor('the journal is cut', () => found([]).journal === 0);
  // A stray copy that a rebalanced page kept is all there can be.
  const { count: strays } = found(canaries);
  expect(strays).toBeLessThan(CANARIES * 0.05);
  await store.prune(T0 + HOUR);
  await waitFor('the journal is cut', () => found([]).journal === 0);
  const left = found(canaries);
  console.log(`${canaries.length} texts planted, ${strays} stray copies after deletion, ${left.count} after the rewrite`);
  expect(left).toEqual({ count: 0, journal: 0 });
  // Those who stay are all there; the last who was planted goes.
  expect((await store.list(world.workspaceId, { limit: 200 })).conversations).toHaveLength(doomed.length - 1);
  await store.close();
  expect(found(canaries).count).toBe(0);
});

test('the file is rewritten when something was deleted since, once a day at most, also across a restart', { timeout: 60_000 }, async () => {
  let store = await openEmbeddedStore({ dir });
  const world = await createWorld(store);
  const talk = async (who: string): Promise<void> => {
    for (let i = 0; i < 60; i++) done(await world.say(who, `${who} ${'y'.repeat(3_000)}`, uuid()));
  };
  const remove = async (who: string): Promise<void> => { done(await world.settings(world.ada, { type: 'visitor.delete', botId: world.botId, visitorId: world.visitorId(who) })); };
  const size = (): number => statSync(join(dir, 'baton.db')).size;
  for (const who of ['a', 'b', 'c']) await talk(who);
  await store.prune(T0 + 1);
  const full = size();
  await remove('a');
  await store.prune(T0 + HOUR);
  const rewritten = size();
  expect(rewritten).toBeLessThan(full);
  world.now = T0 + 2 * HOUR;
  await remove('b');
  await store.prune(T0 + 3 * HOUR);
  expect(size()).toBe(rewritten);
  await store.close();
  store = await openEmbeddedStore({ dir });
  await store.prune(T0 + HOUR + DAY);
  expect(size()).toBeLessThan(rewritten);
  await store.close();
});
