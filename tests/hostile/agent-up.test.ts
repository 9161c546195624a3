import { expect, test } from 'vitest';
import { runFamily } from './family.ts';
import { agentUp } from './fuzz-up.ts';
import { RUNS, SEED } from './runs.ts';

test('of 50,000 hostile frames of an agent none throws, none is wrongly taken, none blocks, and what is stored is of the protocol', async () => {
  expect((await runFamily(await agentUp(SEED), RUNS, SEED)).failures).toEqual([]);
}, 300_000);
