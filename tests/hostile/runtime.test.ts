import { expect, test } from 'vitest';
import { runFamily } from './family.ts';
import { runtime } from './fuzz-runtime.ts';
import { RUNS, SEED } from './runs.ts';

test('of 50,000 forged runtime messages none reaches the worker that is not of the schema and from a page of ours, and none makes it fail', async () => {
  const { failures, accepted } = await runFamily(runtime(SEED), RUNS, SEED);
  expect(failures).toEqual([]);
  expect(accepted).toBeGreaterThan(3_000);
}, 300_000);
