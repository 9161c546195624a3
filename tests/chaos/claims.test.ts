import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTeam, type Team } from './cast.ts';
import { contendClaims } from './claims.ts';
import { deployEmbedded, type Deployment } from './deployment.ts';
import { flawless, judgeClaims } from './judge.ts';

let deployment: Deployment;
let team: Team;
beforeAll(async () => {
  deployment = await deployEmbedded();
  team = await createTeam(deployment, 16);
}, 60_000);
afterAll(() => deployment?.close());

test('500 claims, each by 2 to 16 agents at once: one winner each, and every loser is told who', { timeout: 60_000 }, async () => {
  const { answers, took } = await contendClaims(deployment, team, 500, 1);
  const verdict = flawless();
  judgeClaims({ claims: answers }, verdict);
  expect(verdict.winners).toEqual([]);
  expect(new Set(answers.map(({ round }) => round)).size).toBe(500);
  expect(answers.length).toBeGreaterThan(2_500);
  console.info(`claims: ${answers.length} by up to 16 at once`, JSON.stringify(took));
});
