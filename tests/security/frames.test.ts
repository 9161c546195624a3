import { afterAll, beforeAll, expect, test } from 'vitest';
import { MESSAGE_MAX } from '#lib/protocol/limits.ts';
import { CLOSE } from '#lib/protocol/agent.ts';
import { uuid } from '#lib/base/uuid.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { addMember, connectRole, connectVisitor, postPair, type AgentClient } from '../support/socket-client.ts';

/** With its limits on, as it ships. */
let companion: TestCompanion;
let admin: AgentClient;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1' });
  admin = await connectRole(companion, 'admin');
});
afterAll(() => companion?.close());

test('words that are too long, and what cannot be read, are refused by their id, so that an outbox knows which; the next one goes through', async () => {
  const visitor = await connectVisitor(companion.url);
  expect(await visitor.say('x'.repeat(MESSAGE_MAX + 1))).toMatchObject({ type: 'nack', refusal: { code: 'too_long', message: expect.stringContaining(String(MESSAGE_MAX)) } });
  expect(await visitor.act({ type: 'message', text: 7 })).toMatchObject({ type: 'nack', refusal: { code: 'malformed', message: expect.stringContaining('text') } });
  expect(await visitor.act({ type: 'email', email: 'nobody' })).toMatchObject({ type: 'nack', refusal: { code: 'malformed' } });
  expect(await visitor.say('short')).toMatchObject({ type: 'ack' });
  const { id: conversationId } = await admin.conversation(visitor);
  expect(await admin.command({ type: 'note.add', conversationId, text: 'x'.repeat(MESSAGE_MAX + 1) })).toMatchObject({ type: 'nack', refusal: { code: 'too_long' } });
  expect(await admin.command({ type: 'note.add', conversationId })).toMatchObject({ type: 'nack', refusal: { code: 'malformed' } });
  expect(await admin.command({ type: 'note.add', conversationId, text: 'short' })).toMatchObject({ type: 'ack' });
  // Nothing of what was sent comes back in the words.
  visitor.sendText(JSON.stringify({ type: 'offer', id: 'offer-1', messageId: 'PURPLE GIRAFFE', accept: true }));
  expect(JSON.stringify(await visitor.next('the refusal', (frame) => frame.type === 'nack' && frame.id === 'offer-1'))).not.toContain('GIRAFFE');
});

test.each([['ping', () => ({ type: 'ping', seq: 0 })], ['sync', () => ({ type: 'sync', after: 0 })], ['watch', () => ({ type: 'watch', conversationId: 'none', after: 0 })]] as const)('an agent’s flood of %s ends its socket before the store is asked that often', async (type, frame) => {
  const agent = await addMember(companion.url, admin, `Flood ${type}`, 'agent');
  const before = agent.history.length;
  for (let at = 0; at < 400; at++) agent.send(frame());
  expect(await agent.closed).toMatchObject({ code: CLOSE.rateLimited });
  expect(agent.history.length - before).toBeLessThan(200);
});

test('a visitor’s flood of fetches ends their socket, and nobody else notices', async () => {
  const [one, other] = [await connectVisitor(companion.url), await connectVisitor(companion.url)];
  for (let at = 0; at < 400; at++) one.send({ type: 'fetch', after: 0 });
  expect(await one.closed).toMatchObject({ code: CLOSE.rateLimited });
  expect(one.history.length).toBeLessThan(200);
  expect(await other.say('fine here')).toMatchObject({ type: 'ack' });
});

test('a flood of typing is mostly forgotten, the socket lives, and what is written still arrives', async () => {
  const visitor = await connectVisitor(companion.url);
  await visitor.say('hello');
  const { id: conversationId } = await admin.conversation(visitor);
  admin.frame({ type: 'watch', conversationId, after: 0 });
  await admin.next('the transcript', (frame) => frame.type === 'messages' && frame.conversationId === conversationId);
  for (let at = 0; at < 2_000; at++) visitor.send({ type: 'typing', on: at % 2 === 0 });
  expect(await visitor.say('after all that')).toMatchObject({ type: 'ack' });
  await admin.next('the line', (frame) => frame.type === 'messages' && frame.messages.some((one) => one.kind === 'said' && one.text === 'after all that'));
  const heard = admin.history.filter((frame) => frame.type === 'typing' && frame.who === 'visitor').length;
  expect(heard).toBeGreaterThan(0);
  expect(heard).toBeLessThan(300);
});

test('an agent who types is seen in every window of that visitor and in nobody else’s', async () => {
  const first = await connectVisitor(companion.url);
  await first.say('hello');
  const second = await connectVisitor(companion.url, { id: first.id, secret: first.secret });
  const other = await connectVisitor(companion.url);
  await other.say('hello');
  const { id: conversationId } = await admin.conversation(first);
  admin.frame({ type: 'typing', conversationId, on: true });
  for (const window of [first, second]) await window.next('typing', (frame) => frame.type === 'typing' && frame.by === 'agent');
  await first.close();
  admin.frame({ type: 'typing', conversationId, on: false });
  await second.next('no more typing', (frame) => frame.type === 'typing' && frame.by === 'agent' && !frame.on);
  expect(await other.say('and you?')).toMatchObject({ type: 'ack' });
  expect(other.history.filter((frame) => frame.type === 'typing' && frame.by === 'agent')).toEqual([]);
});

test('a pairing code asked for again with the same command id is the same code; with another id it is another', async () => {
  const memberId = uuid();
  await admin.command({ type: 'member.add', memberId, name: 'Again', role: 'agent' });
  const code = async (id: string): Promise<string> => {
    const answer = await admin.command({ type: 'member.code', memberId }, id);
    return answer.type === 'ack' ? answer.result?.code ?? '' : '';
  };
  const [id, other] = [uuid(), uuid()];
  const [first, again, second] = [await code(id), await code(id), await code(other)];
  expect(first).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
  expect(again).toBe(first);
  expect(second).not.toBe(first);
  expect((await postPair(companion.url, first)).status).toBe(200);
  expect(await postPair(companion.url, await code(id))).toMatchObject({ status: 403, body: { code: 'used_code' } });
});
