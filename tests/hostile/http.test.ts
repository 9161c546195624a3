import { expect, test } from 'vitest';
import { runFamily } from './family.ts';
import { http } from './fuzz-http.ts';
import { RUNS, SEED } from './runs.ts';

test('of 50,000 hostile requests to every route none fails inside, none is answered beyond its role, and each refusal has words', async () => {
  expect((await runFamily(await http(SEED), RUNS, SEED)).failures).toEqual([]);
}, 300_000);
