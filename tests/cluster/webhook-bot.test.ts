import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { connectRole, connectVisitor } from '../support/socket-client.ts';
import { callCompanion, startWebhookServer, useWebhook, type WebhookServer } from '../support/webhook-server.ts';

let cluster: TestCluster;
let bot: WebhookServer;
beforeAll(async () => {
  bot = await startWebhookServer();
  cluster = await startTestCluster('postgres', { RATE_LIMITS: 'off', OUTGOING_HOSTS: bot.host, SECRET_KEY: randomBytes(32).toString('base64') });
  await useWebhook(cluster.nodes[1].url, await connectRole(cluster.nodes[1], 'admin'), bot.url);
});
afterAll(async () => { await cluster?.close(); await bot?.close(); });

test('a later answer may be posted to the other node than the one that waits for it, and is taken once by both together', async () => {
  const [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
  bot.plays(() => 202);
  const visitor = await connectVisitor(here);
  await visitor.say('Which node knows?');
  const { turn } = await bot.hears('Which node knows?');
  await visitor.next('typing', (frame) => frame.type === 'typing' && frame.on);
  const id = uuid();
  const answer = (node: string) => callCompanion(node, { type: 'turn.answer', data: { turnId: turn.turnId, reply: { text: 'Both of them.' } } }, { id });
  expect((await Promise.all([answer(there), answer(here), answer(there)])).map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  await visitor.until('the answer', () => visitor.lines().some((one) => one.kind === 'said' && one.text === 'Both of them.'));
  await visitor.until('typing ends', () => visitor.history.findLast((frame) => frame.type === 'typing')?.on === false);
  expect(visitor.lines()).toHaveLength(2);
});
