import { expect, test } from 'vitest';
import { runFamily } from './family.ts';
import { agentDown } from './fuzz-agent-down.ts';
import { stored } from './fuzz-stored.ts';
import { RUNS, SEED } from './runs.ts';

test('of 50,000 hostile frames into the worker\'s engine none stops it, none blocks, and its database holds only what is of the protocol', async () => {
  expect((await runFamily(await agentDown(SEED), RUNS, SEED)).failures).toEqual([]);
}, 300_000);

test('of 50,000 damaged values in the extension\'s own storage none is used and none makes it fail', async () => {
  expect((await runFamily(stored(SEED), RUNS, SEED)).failures).toEqual([]);
}, 300_000);
