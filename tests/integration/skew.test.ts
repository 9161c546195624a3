import { afterAll, beforeAll, expect, test } from 'vitest';
import { AgentDown, CLOSE } from '#lib/protocol/agent.ts';
import { MIN_SUPPORTED } from '#lib/protocol/version.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { connect, connectAgent, connectRole, connectVisitor, EXTENSION, pair } from '../support/socket-client.ts';

let companion: TestCompanion;
beforeAll(async () => { companion = await startTestCompanion({ DEMO: '1' }); });
afterAll(async () => { await companion.close(); });

const device = async () => await pair(companion.url, await companion.operator.code('agent'));
const hello = (version: number, token: string) => ({ type: 'hello', version, token, cursor: null, workerId: 'old' });

test('an agent\'s client of the oldest protocol still served is greeted, resumes, and answers a visitor', async () => {
  const { token } = await device();
  const old = await connect(companion.url, 'agent', AgentDown, EXTENSION);
  old.send(hello(MIN_SUPPORTED, token));
  await old.next('the welcome', (frame) => frame.type === 'welcome');
  const visitor = await connectVisitor(companion.url);
  await visitor.say('Are you there?');
  await visitor.act({ type: 'escalate' });
  const row = await old.until('the conversation', () => old.history.flatMap((frame) => (frame.type === 'feed' ? frame.rows : [])).findLast((one) => one.kind === 'conversation' && one.row.visitor.id === visitor.id && one.row.status === 'escalated'));
  old.send({ type: 'command', id: 'old-1', command: { type: 'message.send', conversationId: row.row.id, text: 'Yes, as ever.', seen: 99, claim: true } });
  await old.next('the ack', (frame) => frame.type === 'ack');
  await visitor.until('the reply', () => visitor.lines().some((one) => one.kind === 'said' && one.text === 'Yes, as ever.'));
  await Promise.all([old.close(), visitor.close()]);
});

test('one that is older is told so by its own close code, not left to guess', async () => {
  const { token } = await device();
  const old = await connect(companion.url, 'agent', AgentDown, EXTENSION);
  old.send(hello(MIN_SUPPORTED - 1, token));
  expect((await old.closed).code).toBe(CLOSE.tooOld);
});

test('a frame of a type this companion does not know yet costs nothing, least of all the connection', async () => {
  const agent = await connectRole(companion, 'agent');
  agent.send({ type: 'poll', of: 'the future' });
  agent.frame({ type: 'ping', seq: 0 });
  await agent.next('a pong', (frame) => frame.type === 'pong');
  expect(agent.history.filter((frame) => frame.type === 'error')).toEqual([]);
  await agent.close();
});

test('bye ends the lease at once, but not while another browser of the same member is connected', async () => {
  const [watcher, one, two] = [await connectRole(companion, 'lead'), await connectAgent(companion.url, await device()), await connectAgent(companion.url, await device())];
  const self = one.history.find((frame) => frame.type === 'welcome')!.self.id;
  const isHere = () => watcher.history.findLast((frame) => frame.type === 'presence')!.presence.connected.some(({ memberId }) => memberId === self);
  await watcher.until('both here', isHere);
  one.frame({ type: 'bye' });
  await one.close();
  // The answer to a command comes after whatever the close brought about.
  await watcher.command({ type: 'availability.set', botIds: null, on: true });
  expect(isHere()).toBe(true);
  two.frame({ type: 'bye' });
  await two.close();
  await watcher.until('gone within a moment', () => !isHere());
  await watcher.close();
});

test('a socket that closes without bye keeps its lease', async () => {
  const [watcher, agent] = [await connectRole(companion, 'lead'), await connectAgent(companion.url, await device())];
  const self = agent.history.find((frame) => frame.type === 'welcome')!.self.id;
  const isHere = () => watcher.history.findLast((frame) => frame.type === 'presence')!.presence.connected.some(({ memberId }) => memberId === self);
  await watcher.until('here', isHere);
  await agent.close();
  await watcher.command({ type: 'availability.set', botIds: null, on: true });
  expect(isHere()).toBe(true);
  await watcher.close();
});
