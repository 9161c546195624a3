import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createInlineLearner } from '../../../../tests/support/inline-learner.ts';
import { startEmbeddingServer, type EmbeddingServer } from '../../../../tests/support/embedding-server.ts';
import { createOutgoing } from '../../outgoing/outgoing.ts';
import { createJudge } from '../judge.ts';
import { createOpenAiEmbedder } from './openai-embedder.ts';

let server: EmbeddingServer;
beforeAll(async () => { server = await startEmbeddingServer(); });
afterAll(() => server.close());
beforeEach(() => { server.behave('real'); server.asked.length = 0; });

function rig(allowed = [server.host]) {
  const warnings: string[] = [];
  let now = 0;
  const embedder = createOpenAiEmbedder({ baseUrl: `${server.baseUrl}/`, model: 'small', key: 'sk-demo', outgoing: createOutgoing({ allowedHosts: allowed }), now: () => now, warn: (why) => void warnings.push(why) });
  return { embedder, warnings, later: (ms: number) => { now += ms; } };
}
const dot = (one: Float32Array, other: Float32Array): number => one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);

test('texts become unit vectors in their order, many in several requests, with model and key', async () => {
  const texts = Array.from({ length: 70 }, (_, at) => `question number ${at}`);
  const [first, ...others] = (await rig().embedder.embed(['where is my parcel', 'my package has not arrived', 'do you sell tents', ...texts], 30_000))!;
  expect(dot(first!, first!)).toBeCloseTo(1, 4);
  expect(dot(first!, others[0]!)).toBeGreaterThan(dot(first!, others[1]!));
  expect(others).toHaveLength(72);
  expect(server.asked.map(({ count }) => count)).toEqual([64, 9]);
  expect(server.asked[0]).toMatchObject({ authorization: 'Bearer sk-demo', model: 'small' });
});

test.each(['refuses', 'garbage', 'short'] as const)('a server that %s gives nothing, is said once, and is left alone for a while', async (how) => {
  const { embedder, warnings, later } = rig();
  server.behave(how);
  expect(await embedder.embed(['hello'], 5_000)).toBeNull();
  expect(await embedder.embed(['hello'], 5_000)).toBeNull();
  expect([warnings.length, server.asked.length]).toEqual([1, 1]);
  server.behave('real');
  later(30_001);
  expect(await embedder.embed(['hello'], 5_000)).toHaveLength(1);
});

test('a silent server is given up at the deadline, and one inside the network is not asked at all', async () => {
  server.behave('silent');
  expect(await rig().embedder.embed(['hello'], 100)).toBeNull();
  server.asked.length = 0;
  const inside = rig([]);
  expect(await inside.embedder.embed(['hello'], 1_000)).toBeNull();
  expect([server.asked.length, inside.warnings[0]]).toEqual([0, expect.stringContaining('OUTGOING_HOSTS')]);
});

test('what is meant is found without a common word, and without the server the words still are', async () => {
  const { embedder } = rig();
  const entries = [['Can I bring my puppy?', 'Dogs are welcome.'], ['How do I get a refund?', 'Within 30 days.'], ['When do you open?', 'At nine.'], ['Is there parking?', 'Behind the house.'], ['Do you have wifi?', 'Yes.'], ['How do I cancel?', 'In your account.']]
    .map(([phrasing = '', text = ''], at) => ({ id: `k${at}`, phrasings: [phrasing], text }));
  const meant = createJudge(createInlineLearner(), 'b', embedder);
  await meant.prepare(entries);
  expect((await meant.verdict('is my chihuahua allowed inside', 0.15))?.ranked[0]?.id).toBe('k0');
  server.behave('refuses');
  expect((await meant.verdict('how do i get a refund', 0.15))?.id).toBe('k1');
  const without = createJudge(createInlineLearner(), 'b', embedder);
  await without.prepare(entries);
  expect((await without.verdict('is there parking', 0.15))?.id).toBe('k3');
});
