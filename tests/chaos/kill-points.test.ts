import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTeam, type Team } from './cast.ts';
import { deployEmbedded, type Deployment } from './deployment.ts';
import { spread } from './figures.ts';
import { flawless } from './judge.ts';
import { storm } from './storm.ts';

/** Another one each time, so that runs add up; CHAOS_SEED replays one. */
const SEED = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1_000_000));
/** Servers start in half a second, the rest in no time: fewer of them, so that 200 fit into a minute. */
const MIX = { server: 0.6, worker: 1, network: 1, page: 1 };
const SIDES = [0, 1] as const;
let sides: { deployment: Deployment; team: Team }[] = [];
beforeAll(async () => {
  sides = await Promise.all(SIDES.map(async () => {
    const deployment = await deployEmbedded();
    return { deployment, team: await createTeam(deployment, 3) };
  }));
}, 60_000);
afterAll(async () => { await Promise.all(sides.map(({ deployment }) => deployment.close())); });

test('200 random kills of server, workers, network and pages under load: nothing lost, doubled or reordered, for any observer', { timeout: 400_000 }, async () => {
  console.info(`kill points: seed ${SEED} (CHAOS_SEED=${SEED} replays it)`);
  const results = await Promise.all(sides.map(({ deployment, team }, at) => storm(deployment, team, { seed: SEED + at, kills: 100, visitors: 4, agents: 3, mix: MIX })));
  for (const { seed, toll, messages, acked, ms, settleMs, faults } of results) {
    const { server, worker, network, page } = toll.recoveries;
    console.info(`seed ${seed}: ${toll.kills} kills in ${Math.round(ms / 1_000)} s`, JSON.stringify({ struck: toll.struck, messages, acked, settleMs: Math.round(settleMs), recoveries: { server: spread(server), worker: spread(worker), network: spread(network), page: spread(page) } }));
    expect(faults).toEqual([]);
  }
  for (const { verdict } of results) expect(verdict).toEqual(flawless());
  for (const { toll, messages, acked } of results) {
    expect(toll.kills).toBe(100);
    expect(messages).toBeGreaterThan(100);
    expect(acked).toBeGreaterThan(50);
  }
});
