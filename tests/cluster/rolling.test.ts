import { setDefaultCACertificates, getCACertificates } from 'node:tls';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import type { CommandId } from '#lib/protocol/ids.ts';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { until } from '../support/companion.ts';
import { startBalancer, type Balancer } from '../support/nginx.ts';
import { connectAgent, connectVisitor, pair, type VisitorClient } from '../support/socket-client.ts';
import { startWorker, type WorkerClient } from '../support/worker.ts';

let cluster: TestCluster;
let balancer: Balancer;
beforeAll(async () => {
  cluster = await startTestCluster('nats', { RATE_LIMITS: 'off', TRUST_PROXY: '1' });
  balancer = await startBalancer({ nodes: cluster.nodes.map(({ url }) => url) });
  setDefaultCACertificates([...getCACertificates('default'), balancer.ca]);
}, 120_000);
afterAll(async () => {
  await balancer?.close();
  await cluster?.close();
});

/** Slow enough that five workers with databases in memory keep up with every row, in this one process. */
const pace = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 100); });

/** Writes until it is told to stop; what was not acknowledged when the socket went is sent again with its id, as the widget does. */
async function writingVisitor(isOver: () => boolean): Promise<{ id: string; said: string[] }> {
  const said: string[] = [];
  let client: VisitorClient = await connectVisitor(balancer.url, { origin: balancer.url });
  const { id, secret } = client;
  for (let n = 0; !isOver(); n++) {
    const [text, messageId] = [`${id} ${n}`, uuid()];
    for (let isDone = false; !isDone;) {
      try {
        if (client.isClosed()) client = await connectVisitor(balancer.url, { origin: balancer.url, id, secret });
        isDone = (await client.say(text, messageId)).type === 'ack';
      } catch {
        await client.close(); // the node went away in the middle: again, on the other
      }
    }
    said.push(text);
    await pace();
  }
  await client.close();
  return { id, said };
}

test('both nodes restarted one after the other, behind the balancer: no request fails, and nothing is lost, doubled or out of order', async () => {
  const visitors = 5;
  const device = await pair(balancer.url, await cluster.nodes[0].operator.code('agent'));
  const workers: WorkerClient[] = Array.from({ length: 5 }, () => startWorker(() => balancer.url, device));
  try {
    await Promise.all(workers.map(({ engine }) => engine.connect()));
    await until('all are online', () => workers.every(({ engine }) => engine.link().name === 'online'));
    let over = false;
    const writing = Array.from({ length: visitors }, () => writingVisitor(() => over));
    const reader = await connectAgent(cluster.nodes[1].url, device);
    const conversations = () => [...reader.rows.values()].flatMap((one) => (one.kind === 'conversation' && one.row.page === null && one.row.status !== 'archived' ? [one.row.id] : []));
    await reader.until('the visitors’ conversations', () => conversations().length >= visitors);
    const [target] = conversations();
    const answers: number[] = [];
    const probing = (async () => { while (!over) { answers.push((await fetch(`${balancer.url}/healthz`)).status); await pace(); } })();
    const notes: string[] = [];
    const noting = (async () => {
      for (let n = 0; !over; n++) {
        const text = `note ${n}`;
        notes.push(text);
        await workers[n % workers.length]!.engine.add(uuid() as CommandId, { type: 'note.add', conversationId: target!, text });
        await pace();
      }
    })();
    for (const node of cluster.nodes) {
      await node.stop();
      expect(node.exitCode()).toBe(0);
      await node.start();
      // The next one only when the balancer trusts this one again.
      await until('the balancer sends somebody to the node', async () => {
        const one = await connectAgent(balancer.url, device);
        const isThere = await node.operator.connected() > 0;
        await one.close();
        return isThere;
      }, 20_000);
    }
    over = true;
    const said = await Promise.all(writing);
    await Promise.all([probing, noting]);
    await until('every outbox is empty', async () => (await Promise.all(workers.map(({ db }) => db.outbox.count()))).every((count) => count === 0), 30_000);
    expect(answers.filter((status) => status !== 200)).toEqual([]);
    expect(answers.length).toBeGreaterThan(20);
    const client = new pg.Client({ connectionString: cluster.env['DATABASE_URL'] });
    await client.connect();
    const { rows: kept } = await client.query<{ conversation: string; text: string; idx: number; seq: string }>(`select conversation, body::jsonb ->> 'text' as text, idx::int as idx, seq from message order by conversation, idx`);
    const { rows: keptNotes } = await client.query<{ text: string }>(`select body::jsonb ->> 'text' as text from note where conversation = $1`, [target]);
    await client.end();
    for (const { id, said: texts } of said) expect(kept.map(({ text }) => text).filter((text) => text?.startsWith(`${id} `))).toEqual(texts);
    expect(said.flatMap((one) => one.said).length).toBeGreaterThan(50);
    expect(keptNotes.map(({ text }) => text).toSorted()).toEqual(notes.toSorted());
    expect(new Set(kept.map(({ seq }) => seq)).size).toBe(kept.length);
    expect(workers.flatMap(({ faults }) => faults)).toEqual([]);
    expect(workers.map((one) => one.resets())).toEqual(workers.map(() => 1));
  } finally {
    for (const one of workers) one.close();
  }
}, 120_000);
