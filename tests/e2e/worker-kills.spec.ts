import { expect, test } from '@playwright/test';
import { judgeLines, killWorkers } from '../chaos/worker-kills.ts';
import { startTestCompanion } from '../support/companion.ts';

const SEED = Number(process.env['WORKER_KILLS_SEED'] ?? 1);
const KILLS = Number(process.env['WORKER_KILLS'] ?? 15);

test(`the worker is killed ${KILLS} times while a visitor writes and the agent replies: nothing is lost, doubled or out of order (seed ${SEED})`, async () => {
  test.setTimeout(60_000 + KILLS * 1_000);
  const companion = await startTestCompanion({ DEMO: '1' });
  const toll = await killWorkers({ kills: KILLS, seed: SEED, companionUrl: companion.url, pairingCode: await companion.operator.code('agent') });
  console.log(JSON.stringify(toll));
  expect(toll).toMatchObject({ kills: KILLS, lost: 0, duplicated: 0, reordered: 0 });
  expect(toll.replies).toBeGreaterThan(1);
  await companion.close();
});

test('the judge of the kills sees a loss, a double and a wrong order', () => {
  expect(judgeLines(['a', 'b', 'c'], ['a', 'b', 'c'])).toEqual({ lost: 0, duplicated: 0, reordered: 0 });
  expect(judgeLines(['a', 'b', 'c'], ['a', 'c', 'b', 'b'])).toEqual({ lost: 0, duplicated: 1, reordered: 1 });
  expect(judgeLines(['a', 'b'], ['b'])).toEqual({ lost: 1, duplicated: 0, reordered: 0 });
});
