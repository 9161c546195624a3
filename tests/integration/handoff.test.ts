import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { connectRole, connectVisitor, addMember, type AgentClient, type VisitorClient } from '../support/socket-client.ts';

let companion: TestCompanion;
let admin: AgentClient;
let sam: AgentClient;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  [admin, sam] = await Promise.all([connectRole(companion, 'admin'), connectRole(companion, 'agent')]);
});
afterAll(() => companion?.close());

const happened = (visitor: VisitorClient, type: string): number => visitor.lines().filter((line) => line.kind === 'happened' && line.what.type === type).length;
const visit = (): Promise<VisitorClient> => connectVisitor(companion.url);
/** A visitor who waits for a person, and the id of the conversation. */
async function waiting(): Promise<{ visitor: VisitorClient; id: string }> {
  const visitor = await visit();
  await visitor.say('My stove leaks');
  await visitor.act({ type: 'escalate' });
  return { visitor, id: (await sam.conversation(visitor, (row) => row.status === 'escalated')).id };
}
async function claimed(): Promise<{ visitor: VisitorClient; id: string }> {
  const one = await waiting();
  expect(await sam.command({ type: 'conversation.claim', conversationId: one.id })).toMatchObject({ type: 'ack' });
  return one;
}
const reply = (id: string, text: string, more: object = {}) => ({ type: 'message.send', conversationId: id, text, seen: 99, ...more });

test('a visitor asks, and the bot answers from what it knows', async () => {
  const visitor = await visit();
  await visitor.ask('How long does shipping take?');
  expect(visitor.lines().at(-1)).toMatchObject({ kind: 'said', author: { kind: 'bot' }, text: expect.stringContaining('2 to 4 working days') });
});

test('a typed request for a person escalates once, tells the visitor and reaches the feed of an agent', async () => {
  const visitor = await visit();
  await visitor.say('I want to talk to a human');
  const row = await sam.conversation(visitor, (one) => one.status === 'escalated');
  expect(row).toMatchObject({ floor: 'team', escalation: { trigger: 'request', shown: 'queued' } });
  await visitor.until('the word that a person will join', () => happened(visitor, 'queued') === 1);
});

test('the button, clicked twice and retried with the same ids, is one escalation', async () => {
  const visitor = await visit();
  const ids = [uuid(), uuid()];
  const answers = await Promise.all([ids[0], ids[1], ids[0], ids[1]].map((id) => visitor.act({ type: 'escalate', id: id! })));
  expect(answers.every((one) => one.type === 'ack')).toBe(true);
  await visitor.until('the queue', () => visitor.state.view?.waiting);
  expect(happened(visitor, 'queued')).toBe(1);
  expect((await sam.conversation(visitor, (row) => row.status === 'escalated')).escalation).toMatchObject({ trigger: 'button' });
});

test('of two agents who claim at once one wins, and the other is told who', async () => {
  const { visitor, id } = await waiting();
  const answers = await Promise.all([admin, sam].map((one) => one.command({ type: 'conversation.claim', conversationId: id })));
  const lost = answers.filter((one) => one.type === 'nack');
  expect(answers.filter((one) => one.type === 'ack')).toHaveLength(1);
  expect(lost).toMatchObject([{ refusal: { code: 'taken', by: answers[0]!.type === 'ack' ? 'You' : 'Sam Demo' } }]);
  await visitor.until('the joined line', () => happened(visitor, 'joined') === 1);
});

test('claim and reply is one act', async () => {
  const { visitor, id } = await waiting();
  expect(await sam.command(reply(id, 'On it', { claim: true }))).toMatchObject({ type: 'ack', message: { text: 'On it' } });
  await visitor.until('the reply', () => visitor.lines().at(-1)?.kind === 'said' && happened(visitor, 'joined') === 1);
  const people = visitor.lines().filter((line) => line.kind === 'happened' || line.author.kind !== 'bot');
  expect(people.map((line) => (line.kind === 'said' ? line.text : line.what.type))).toEqual(['My stove leaks', 'queued', 'joined', 'On it']);
  expect(await admin.command(reply(id, 'Me too'))).toMatchObject({ type: 'nack', refusal: { code: 'taken', by: 'Sam Demo' } });
});

test('the bot is silent once an agent claimed, also with a turn of its own in flight', async () => {
  const visitor = await visit();
  await visitor.ask('How long does shipping take?');
  const { id } = await sam.conversation(visitor);
  const [, claim] = await Promise.all([visitor.say('How do I return something?'), sam.command({ type: 'conversation.claim', conversationId: id })]);
  expect(claim.type).toBe('ack');
  await visitor.say('Which payment methods do you take?');
  // Whatever the bot would still say comes before the answer to this: commits are in one order.
  await sam.command(reply(id, 'I am here'));
  const row = await sam.conversation(visitor, (one) => one.last?.text === 'I am here');
  expect(row).toMatchObject({ floor: 'team', owed: null });
  await visitor.until('the reply', () => visitor.lines().at(-1)?.kind === 'said' && visitor.lines().length === row.messageCount);
  const lines = visitor.lines();
  const joined = lines.findIndex((line) => line.kind === 'happened' && line.what.type === 'joined');
  expect(joined).toBeGreaterThan(0);
  expect(lines.slice(joined).filter((line) => line.kind === 'said' && line.author.kind === 'bot')).toEqual([]);
});

test('a second answer is held until its author forces it; the visitor’s own lines hold nothing', async () => {
  const { visitor, id } = await claimed();
  const seen = (await sam.conversation(visitor, (row) => row.claim !== null)).messageCount;
  await visitor.say('Are you there?');
  expect(await sam.command(reply(id, 'First', { seen }))).toMatchObject({ type: 'ack' });
  await sam.command({ type: 'conversation.release', conversationId: id });
  expect(await admin.command(reply(id, 'Second', { seen, claim: true }))).toMatchObject({ type: 'nack', refusal: { code: 'held', by: 'Sam Demo' } });
  expect((await admin.conversation(visitor, (row) => row.claim === null && row.team.length > 0)).status).toBe('escalated');
  const mine = uuid();
  expect(await admin.command(reply(id, 'Second', { seen, claim: true, force: true }), mine)).toMatchObject({ type: 'ack' });
  await visitor.until('the second answer', () => visitor.state.messages.get(mine));
});

test('release puts it back in the queue; only its owner or a lead may', async () => {
  const { visitor, id } = await claimed();
  const mia = await addMember(companion.url, admin, 'Mia', 'agent');
  expect(await mia.command({ type: 'conversation.release', conversationId: id })).toMatchObject({ type: 'nack', refusal: { code: 'not_yours', by: 'Sam Demo' } });
  expect(await admin.command({ type: 'conversation.release', conversationId: id })).toMatchObject({ type: 'ack' });
  await visitor.until('waiting again', () => visitor.state.view?.waiting && happened(visitor, 'left') === 1);
  await mia.close();
});

test('returned to the bot, the bot answers again', async () => {
  const { visitor, id } = await claimed();
  expect(await sam.command({ type: 'conversation.return', conversationId: id })).toMatchObject({ type: 'ack' });
  await visitor.until('the floor of the bot', () => visitor.state.view?.floor === 'bot' && visitor.state.view.status === 'open');
  await visitor.ask('How much is shipping?');
});

test('back to the assistant while waiting; not once a person has joined', async () => {
  const { visitor, id } = await waiting();
  expect(await visitor.act({ type: 'back' })).toMatchObject({ type: 'ack' });
  await sam.conversation(visitor, (row) => row.status === 'open' && row.floor === 'bot');
  await sam.command({ type: 'conversation.claim', conversationId: id });
  expect(await visitor.act({ type: 'back' })).toMatchObject({ type: 'nack', refusal: { code: 'wrong_state' } });
});

test('resolve, reopen, archive: each only from where it may', async () => {
  const { visitor, id } = await claimed();
  const to = (type: string) => sam.command({ type, conversationId: id });
  expect(await to('conversation.archive')).toMatchObject({ refusal: { code: 'wrong_state' } });
  expect(await to('conversation.resolve')).toMatchObject({ type: 'ack' });
  await visitor.until('resolved', () => visitor.state.view?.status === 'resolved');
  expect(await to('conversation.reopen')).toMatchObject({ type: 'ack' });
  await visitor.until('reopened', () => visitor.state.view?.status === 'escalated' && visitor.state.view.agentLabel);
  await to('conversation.resolve');
  expect(await to('conversation.archive')).toMatchObject({ type: 'ack' });
  await sam.conversation(visitor, (row) => row.status === 'archived');
});

test('a visitor who writes soon after the resolve is back with the same agent', async () => {
  const { visitor, id } = await claimed();
  await sam.command(reply(id, 'Solved'));
  await sam.command({ type: 'conversation.resolve', conversationId: id });
  await visitor.say('It leaks again');
  expect((await sam.conversation(visitor, (row) => row.claim !== null && row.escalation?.trigger === 'reopened')).claim).toMatchObject({ name: 'Sam Demo' });
});

test('places in the queue are told to everyone who waits, and move up', async () => {
  const [one, two] = [await waiting(), await waiting()];
  const place = (await one.visitor.until('a place', () => one.visitor.state.view?.waiting)).place;
  await two.visitor.until('the place behind', () => two.visitor.state.view?.waiting?.place === place + 1);
  await sam.command({ type: 'conversation.claim', conversationId: one.id });
  await two.visitor.until('moved up', () => two.visitor.state.view?.waiting?.place === place);
});

test('a text of 4,000 characters arrives; one of 4,001 is refused and the socket lives', async () => {
  const visitor = await visit();
  expect(await visitor.say('x'.repeat(4_000))).toMatchObject({ type: 'ack' });
  visitor.send({ type: 'message', id: uuid(), text: 'x'.repeat(4_001) });
  await visitor.next('the refusal', (frame) => frame.type === 'error' || frame.type === 'nack');
  expect(await visitor.say('still here')).toMatchObject({ type: 'ack' });
});
