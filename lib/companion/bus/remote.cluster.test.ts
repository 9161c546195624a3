import { afterAll, beforeAll, describe } from 'vitest';
import { startNats, type TestNats } from '../../../tests/support/nats.ts';
import { startPostgres, type TestPostgres } from '../../../tests/support/postgres.ts';
import type { Bus, Hint } from './bus.ts';
import { busContract, type BusUnderTest } from './contract.ts';
import { createNatsBus } from './nats.ts';
import { createPostgresBus } from './postgres.ts';

/** Both ends hear each other: each calls until the other has answered. */
async function joined(open: (errors: unknown[]) => Bus): Promise<BusUnderTest> {
  const errors: unknown[] = [];
  const [one, two] = [open(errors), open(errors)];
  const hears = (ear: Bus, mouth: Bus): Promise<void> => new Promise((resolve) => {
    const hello: Hint = { kind: 'presence', workspaceId: 'hello' as Hint['workspaceId'] };
    const call = setInterval(() => mouth.publish(hello), 20);
    const stop = ear.subscribe(hello.workspaceId, () => { clearInterval(call); stop(); resolve(); });
  });
  await hears(one, two);
  await hears(two, one);
  return { one, two, errors, close: async () => { await Promise.all([one.close(), two.close()]); } };
}

describe('between nodes', () => {
  let postgres: TestPostgres;
  let nats: TestNats;
  beforeAll(async () => { [postgres, nats] = await Promise.all([startPostgres(), startNats()]); });
  afterAll(() => Promise.all([postgres?.close(), nats?.close()]));
  busContract('the bus over PostgreSQL', () => joined((errors) => createPostgresBus({ url: postgres.url, onError: (error) => errors.push(error) })));
  busContract('the bus over NATS', () => joined((errors) => createNatsBus({ url: nats.url, onError: (error) => errors.push(error) })));
});
