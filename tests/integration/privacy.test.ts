import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { addMember, connectRole, connectVisitor, type AgentClient } from '../support/socket-client.ts';

const SECRET = 'PURPLE-GIRAFFE';
const NAME = 'Zebediah Quill';
let companion: TestCompanion;
let admin: AgentClient;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  admin = await connectRole(companion, 'admin');
});
afterAll(() => companion?.close());

test('no frame and no HTTP answer a visitor can get holds a note, or the name or id of a member', async () => {
  const agent = await addMember(companion.url, admin, NAME, 'agent');
  const visitor = await connectVisitor(companion.url);
  await visitor.say('Hello');
  await visitor.act({ type: 'escalate' });
  const { id } = await agent.conversation(visitor, (row) => row.status === 'escalated');
  const to = (type: string, more: object = {}) => agent.command({ type, conversationId: id, ...more });
  expect(await to('note.add', { text: `${SECRET} one` })).toMatchObject({ type: 'ack', note: { by: { name: NAME } } });
  await to('message.send', { text: 'Hi, how can I help?', seen: 99, claim: true });
  agent.frame({ type: 'typing', conversationId: id, on: true });
  // Every refusal a visitor can run into while a person has the conversation.
  expect(await visitor.act({ type: 'back' })).toMatchObject({ type: 'nack' });
  await visitor.act({ type: 'escalate' });
  await visitor.act({ type: 'offer', messageId: 'none', accept: true });
  const reply = await visitor.until('the reply', () => visitor.lines().find((line) => line.kind === 'said' && line.author.kind === 'agent'));
  expect(reply).toMatchObject({ author: { label: 'Support Agent', name: 'Support Agent' } });
  await visitor.act({ type: 'feedback', messageId: reply.id, value: 'up' });
  await to('conversation.release');
  await visitor.until('left', () => visitor.lines().some((line) => line.kind === 'happened' && line.what.type === 'left'));
  await to('conversation.claim');
  await to('conversation.resolve');
  expect(await visitor.say('One more thing')).toMatchObject({ type: 'ack' });
  await to('conversation.return');
  await admin.command({ type: 'note.add', conversationId: id, text: `${SECRET} two` });
  await visitor.until('back with the bot', () => visitor.state.view?.floor === 'bot');
  visitor.send({ type: 'fetch', after: 0 });
  await visitor.next('everything again', (frame) => frame.type === 'messages' && frame.from === 0);
  const resumed = await connectVisitor(companion.url, { id: visitor.id, secret: visitor.secret });
  const pages = await Promise.all(['/demo', '/healthz', '/metrics', '/api/conversations', '/api/conversations.csv', '/api/bots/pinewood/knowledge', '/api/operator/status', '/nowhere']
    .map(async (path) => await (await fetch(companion.url + path)).text()));
  const seen = [...visitor.raw, ...resumed.raw, ...pages].join('\n');
  expect(seen).toContain('how can I help');
  for (const word of [SECRET, NAME, agent.memberId, 'Sam Demo']) expect(seen.split('\n').filter((line) => line.includes(word)), word).toEqual([]);
  // The team has both notes, and their author.
  await agent.until('both notes', () => [...agent.rows.values()].filter((one) => one.kind === 'note' && one.row.text.startsWith(SECRET)).length === 2);
});

test('the text of one visitor reaches no other', async () => {
  const [one, other] = [await connectVisitor(companion.url), await connectVisitor(companion.url)];
  await one.ask(`${SECRET} of mine`);
  await other.ask('How much is shipping?');
  expect(other.raw.join('\n')).not.toContain(SECRET);
});

test('a conversation is watched by whoever asks for it, and no agent is told the text of one they do not watch beyond its summary', async () => {
  const visitor = await connectVisitor(companion.url);
  await visitor.ask('How much is shipping?');
  const row = await admin.conversation(visitor, (one) => one.messageCount === 2);
  expect(admin.history.filter((frame) => frame.type === 'messages' && frame.conversationId === row.id)).toEqual([]);
  admin.frame({ type: 'watch', conversationId: row.id, after: 0 });
  await admin.next('the transcript', (frame) => frame.type === 'messages' && frame.messages.length === row.messageCount);
  await visitor.say('Thanks');
  await admin.next('the new line', (frame) => frame.type === 'messages' && frame.messages.some((one) => one.kind === 'said' && one.text === 'Thanks'));
});
