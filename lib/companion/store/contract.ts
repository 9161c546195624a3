import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditContract } from './contract-audit.ts';
import { dedupeContract, retryContract, reuseContract } from './contract-dedupe.ts';
import { feedContract, messagesContract } from './contract-feed.ts';
import { clockContract, floorContract, queueContract, reopenContract } from './contract-floor.ts';
import { knowledgeContract, listContract } from './contract-list.ts';
import { turnsContract } from './contract-turns.ts';
import { boundsContract, devicesContract, rolesContract, settingsContract } from './contract-people.ts';
import { deletionContract, deletionOrderContract, proposalsContract, retentionContract } from './contract-privacy.ts';
import { createScene, type StoreUnderTest, type Scene } from './contract-scene.ts';

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
    const newScene = (): Promise<Scene> => createScene(under);
    describe('the same thing is done once', () => { dedupeContract(newScene); retryContract(newScene); reuseContract(newScene); });
    describe('floor, claim and escalation', () => { floorContract(newScene); queueContract(newScene); reopenContract(newScene); clockContract(newScene); });
    describe('feed, snapshot and messages', () => { feedContract(newScene); messagesContract(newScene); });
    describe('deletion and retention', () => { deletionContract(newScene); proposalsContract(newScene); deletionOrderContract(newScene); retentionContract(newScene); });
    describe('the audit log', () => { auditContract(newScene); });
    describe('turns and secrets', () => turnsContract(newScene));
    describe('lists and knowledge', () => { listContract(newScene); knowledgeContract(newScene); });
    describe('people and permissions', () => { devicesContract(newScene); settingsContract(newScene); rolesContract(newScene); boundsContract(newScene); });
    test('reopening keeps the epoch and every head', async () => {
      const scene = await newScene();
      await scene.chat();
      const before = { epoch: scene.store.epoch, head: await scene.store.head(scene.ws), snapshot: await scene.store.snapshot(scene.ws, 100) };
      await under.reopen();
      expect({ epoch: scene.store.epoch, head: await scene.store.head(scene.ws), snapshot: await scene.store.snapshot(scene.ws, 100) }).toEqual(before);
    });
  });
}
