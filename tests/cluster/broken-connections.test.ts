import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { until } from '../support/companion.ts';
import { connectVisitor } from '../support/socket-client.ts';

let cluster: TestCluster;
let operator: Client;
beforeAll(async () => {
  cluster = await startTestCluster('postgres', { RATE_LIMITS: 'off' });
  operator = new Client({ connectionString: cluster.env.DATABASE_URL });
  await operator.connect();
});
afterAll(async () => { await operator?.end(); await cluster?.close(); });

/** Ends every connection of every companion, as a failover does. @returns how many there were */
async function breakAll(): Promise<number> {
  const { rowCount } = await operator.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'baton %' and datname = current_database()`);
  return rowCount ?? 0;
}

test('a database whose connections break again and again loses nothing and doubles nothing, whatever commit was under way', async () => {
  const visitors = await Promise.all(Array.from({ length: 8 }, (_, n) => connectVisitor(cluster.nodes[n % 2]!.url)));
  let broken = 0;
  let acked = 0;
  let isOver = false;
  const breaking = (async () => {
    while (!isOver) {
      broken += await breakAll();
      // On a busy machine, connecting takes longer than the next break: then nothing would ever be committed.
      const before = acked;
      await until('something was acknowledged since the last break', () => isOver || acked > before, 30_000);
      await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * 60));
    }
  })();
  const sent = await Promise.all(visitors.map(async (visitor, n) => {
    const ids: string[] = [];
    for (let i = 0; i < 40; i++) {
      const id = uuid();
      // `internal` is what a client tries again, with the same id.
      for (let answer = await visitor.say(`${n} ${i}`, id); answer.type === 'nack'; answer = await visitor.say(`${n} ${i}`, id)) expect(answer.refusal.code).toBe('internal');
      ids.push(id);
      acked++;
    }
    return ids;
  }));
  isOver = true;
  await breaking;
  expect(broken).toBeGreaterThan(20);
  for (const [n, visitor] of visitors.entries()) {
    const again = await connectVisitor(cluster.nodes[(n + 1) % 2]!.url, { id: visitor.id, secret: visitor.secret });
    const mine = again.lines().filter((line) => line.kind === 'said' && line.author.kind === 'visitor');
    expect(mine.map(({ id }) => id)).toEqual(sent[n]);
    expect(again.lines().map(({ index }) => index)).toEqual(again.lines().map((_, at) => at + 1));
  }
  // The bot may still be answering: the nodes agree as soon as nothing moves.
  await until('both nodes have the same head', async () => {
    const [one, other] = await Promise.all(cluster.nodes.map(async ({ url }) => (await (await fetch(`${url}/healthz`)).json() as { head: number }).head));
    return one === other;
  });
});
