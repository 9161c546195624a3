import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { connectVisitor, type VisitorClient } from '../support/socket-client.ts';

let cluster: TestCluster;
let operator: Client;
beforeAll(async () => {
  cluster = await startTestCluster('nats', { RATE_LIMITS: 'off' });
  operator = new Client({ connectionString: cluster.env.DATABASE_URL });
  await operator.connect();
});
afterAll(async () => {
  cluster?.nodes[0].signal('SIGCONT');
  await operator?.end();
  await cluster?.close();
});

/** Writes without end, so that some moment is in the middle of a commit. */
function keepWriting(visitor: VisitorClient): void {
  const more = (): void => { if (!visitor.isClosed()) visitor.say('again').then(more, () => undefined); };
  for (let at = 0; at < 8; at++) more();
}
const holdsLock = async (): Promise<boolean> => {
  const { rows } = await operator.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where application_name = 'baton writer' and state = 'idle in transaction' and query <> 'begin'`);
  return rows[0]!.n > 0;
};

test('a node that stands still in the middle of a commit does not stop the other one', async () => {
  const [here, there] = [await connectVisitor(cluster.nodes[0].url), await connectVisitor(cluster.nodes[1].url)];
  keepWriting(here);
  let isHeld = false;
  for (let attempt = 0; attempt < 200 && !isHeld; attempt++) {
    await new Promise((resolve) => { setTimeout(resolve, 1 + (attempt % 7)); });
    cluster.nodes[0].signal('SIGSTOP');
    // What was on its way to the database when it stopped is over by then.
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    isHeld = await holdsLock();
    if (!isHeld) cluster.nodes[0].signal('SIGCONT');
  }
  expect(isHeld).toBe(true);
  const began = performance.now();
  expect(await there.say('Is anybody there?')).toMatchObject({ type: 'ack' });
  expect(performance.now() - began).toBeLessThan(8_000);
  // Awake again, it finds its commit undone and does it anew.
  cluster.nodes[0].signal('SIGCONT');
  expect(await here.say('And here?')).toMatchObject({ type: 'ack' });
  expect(here.history.filter((frame) => frame.type === 'nack')).toEqual([]);
});
