import { expect, test } from 'vitest';
import { visitorHello } from './good-frames.ts';
import { createVisitorHub } from '#lib/companion/socket/visitor.ts';
import { runFamily } from './family.ts';
import { visitorUp } from './fuzz-up.ts';
import { asSocket, CALLER, FakeSocket, openParts } from './parts.ts';
import { RUNS, SEED } from './runs.ts';

test('of 50,000 hostile frames of a visitor none throws, none is wrongly taken, none blocks, and what is stored is of the protocol', async () => {
  expect((await runFamily(await visitorUp(SEED), RUNS, SEED)).failures).toEqual([]);
}, 300_000);

test('frames of a newer client are left alone and counted; who waits for an answer is told, and the socket stays', async () => {
  const { core, close } = await openParts();
  const socket = new FakeSocket();
  createVisitorHub(core).accept(asSocket(socket), CALLER);
  const say = (frame: object): void => { socket.emit('message', Buffer.from(JSON.stringify(frame)), false); };
  say(visitorHello('v', 'v'.repeat(43)));
  await expect.poll(() => socket.sent.length).toBe(1);
  for (let at = 0; at < 50; at++) say({ type: 'poll', answer: 3 });
  say({ type: 'vote', id: 'a-vote' });
  say({ type: 'ping' });
  await expect.poll(() => socket.sent.length).toBe(3);
  expect(socket.sent.slice(1).map((text) => JSON.parse(text) as object)).toMatchObject([{ type: 'nack', id: 'a-vote', refusal: { code: 'malformed' } }, { type: 'pong' }]);
  expect(await core.metrics.registry.getSingleMetricAsString('baton_refused_total')).toContain('code="unknown_type"} 51');
  expect(socket.closedBy).toBeNull();
  await close();
});
