import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchDisturbed } from './availability.ts';
import { createTeam, type Team } from './cast.ts';
import { deployEmbedded, type Deployment } from './deployment.ts';

let deployment: Deployment;
let team: Team;
beforeAll(async () => {
  deployment = await deployEmbedded();
  team = await createTeam(deployment, 1);
}, 120_000);
afterAll(() => deployment?.close());

test('while an agent is there, whose worker dies, whose way is cut and whose companion is killed and restarted, no visitor is ever shown "offline"', { timeout: 120_000 }, async () => {
  const { samples, offline } = await watchDisturbed(deployment, team, 3, ['worker', 'cut', 'kill', 'worker', 'restart', 'worker']);
  expect(offline).toBe(0);
  expect(samples).toBeGreaterThan(100);
});
