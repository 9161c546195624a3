import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dedupeContract, reuseContract } from './contract-dedupe.ts';
import { feedContract, messagesContract } from './contract-feed.ts';
import { floorContract, timeContract } from './contract-floor.ts';
import { knowledgeContract, listContract } from './contract-list.ts';
import { boundsContract, devicesContract, settingsContract } from './contract-people.ts';
import { createWorld, type StoreUnderTest, type World } from './contract-world.ts';

/**
 * What every Store must do, whatever it writes to. Each test has a workspace of its own in one store, so a store shared
 * with others is fine too.
 * @param open a store on durable ground; it is closed by `destroy`
 */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let under: StoreUnderTest;
    beforeAll(async () => { under = await open(); });
    afterAll(() => under.destroy());
    const newWorld = (): Promise<World> => createWorld(under);
    describe('the same thing is done once', () => { dedupeContract(newWorld); reuseContract(newWorld); });
    describe('floor, claim and escalation', () => { floorContract(newWorld); timeContract(newWorld); });
    describe('feed, snapshot and messages', () => { feedContract(newWorld); messagesContract(newWorld); });
    describe('lists and knowledge', () => { listContract(newWorld); knowledgeContract(newWorld); });
    describe('people and permissions', () => { devicesContract(newWorld); settingsContract(newWorld); boundsContract(newWorld); });
    test('reopening keeps the epoch and every head', async () => {
      const world = await newWorld();
      await world.chat();
      const before = { epoch: world.store.epoch, head: await world.store.head(world.ws), snapshot: await world.store.snapshot(world.ws, 100) };
      await under.reopen();
      expect({ epoch: world.store.epoch, head: await world.store.head(world.ws), snapshot: await world.store.snapshot(world.ws, 100) }).toEqual(before);
    });
  });
}
