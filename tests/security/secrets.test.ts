import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { uuid } from '#lib/base/uuid.ts';
import { ROUTES } from '#lib/companion/routes.ts';
import { AgentDown } from '#lib/protocol/agent.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { VisitorDown } from '#lib/protocol/visitor.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { codeFor, connect, connectAgent, connectRole, connectVisitor, EXTENSION, pair, postPair, type AgentClient, type VisitorClient } from '../support/socket-client.ts';

const WORDS = 'PURPLE-GIRAFFE';
const MAIL = 'purple.giraffe@example.com';
let companion: TestCompanion;
let admin: AgentClient;
let visitor: VisitorClient;
let bystander: VisitorClient;
/** What must stay where it is, by name. */
const secrets: Record<string, string> = {};
/** Every answer over HTTP, to an admin as well; without the one that hands a token to its owner. */
const answers: string[] = [];
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off', LOG_LEVEL: 'trace' });
  admin = await connectRole(companion, 'admin');
  const memberId = uuid();
  await admin.command({ type: 'member.add', memberId, name: 'Second', role: 'agent' });
  const used = await codeFor(admin, memberId);
  const unused = await codeFor(admin, memberId);
  const agent = await connectAgent(companion.url, await pair(companion.url, used));
  [visitor, bystander] = [await connectVisitor(companion.url), await connectVisitor(companion.url)];
  await visitor.ask(`My order ${WORDS} is late`);
  await visitor.act({ type: 'escalate' });
  await visitor.act({ type: 'email', email: MAIL });
  await bystander.ask('How much is shipping?');
  const { id: conversationId } = await agent.conversation(visitor, (row) => row.email !== null);
  await agent.command({ type: 'message.send', conversationId, text: 'On its way', seen: 99, claim: true });
  const { token } = JSON.parse(readFileSync(join(companion.data, 'operator.json'), 'utf8')) as { token: string };
  Object.assign(secrets, { 'the visitor’s secret': visitor.secret, 'the admin’s token': admin.device.token, 'the agent’s token': agent.device.token, 'a used code': used, 'an unused code': unused, 'the operator’s token': token });
  await provoke(conversationId);
  await askEverything(conversationId);
}, 60_000);
afterAll(() => companion?.close());

/** Everything that is refused, and so might be written down: with secrets and words of the visitor in it. */
async function provoke(conversationId: string): Promise<void> {
  for (const text of [`{"type":"message","text":"${WORDS}`, WORDS, JSON.stringify({ type: WORDS, id: 'a' }), JSON.stringify({ type: 'message', id: 'b', text: { [WORDS]: 1 } }), JSON.stringify({ type: 'email', id: 'c', email: `${WORDS} ${MAIL}` })]) visitor.sendText(text);
  const stolen = await connect(companion.url, 'agent', AgentDown, 'chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba');
  stolen.send({ type: 'hello', version: PROTOCOL_VERSION, token: admin.device.token, cursor: null, workerId: 'thief' });
  await stolen.closed;
  for (const [origin, secret] of [['https://elsewhere.example', visitor.secret], [companion.url, 'b'.repeat(43)]] as const) {
    const thief = await connect(companion.url, 'visitor', VisitorDown, origin);
    thief.send({ type: 'hello', version: PROTOCOL_VERSION, botId: 'pinewood', visitor: { id: visitor.id, secret }, after: 0, channel: 'widget', page: { url: `https://shop.example/?q=${WORDS}`, title: WORDS }, language: WORDS });
    await thief.until('an end', () => thief.isClosed() || thief.history.length > 0);
    await thief.close();
  }
  await admin.command({ type: 'message.send', conversationId, text: WORDS, seen: 0 });
  for (const code of [secrets['a used code']!, WORDS]) answers.push(JSON.stringify((await postPair(companion.url, code)).body));
}

/** Every route, as admin and as operator. */
async function askEverything(conversationId: string): Promise<void> {
  for (const { method, path } of ROUTES) for (const as of ['the admin’s token', 'the operator’s token']) {
    if (path === '/api/operator/code') continue; // hands out a code: its work
    const address = companion.url + path.replace(':botId', 'pinewood').replace(':visitorId', visitor.id).replace(':id', conversationId).replace('*', 'none.js');
    const response = await fetch(address, { method, headers: { authorization: `Bearer ${secrets[as]}`, origin: as.includes('admin') ? EXTENSION : '', 'content-type': 'application/json' }, ...(method === 'POST' ? { body: JSON.stringify({ do: 'list', text: WORDS }) } : {}) });
    answers.push(JSON.stringify([...response.headers]), await response.text());
  }
}

/** Whether `secret`, or it as code without its dash, is in `text`. */
const holds = (text: string, secret: string): boolean => text.includes(secret) || (/^.{4}-.{4}$/.test(secret) && text.includes(secret.replace('-', '')));

test('no answer over HTTP holds a secret, nor the hash of one', () => {
  expect(answers.length).toBeGreaterThan(20);
  expect(answers.join('\n')).toContain(WORDS); // the admin's export holds the conversation: the net is not empty
  for (const [name, secret] of Object.entries(secrets)) for (const form of [secret, createHash('sha256').update(secret).digest('hex')]) expect(answers.filter((text) => holds(text, form)), name).toEqual([]);
});

test('no frame to a visitor, and none to the team but the answer to who asked for a code, holds a secret', () => {
  for (const [name, secret] of Object.entries(secrets)) {
    expect([...visitor.raw, ...bystander.raw].filter((text) => holds(text, secret)), name).toEqual([]);
    const allowed = name.endsWith('code') ? 1 : 0;
    expect(admin.raw.filter((text) => holds(text, secret)), name).toHaveLength(allowed);
  }
  for (const word of [WORDS, MAIL]) expect(bystander.raw.filter((text) => text.includes(word))).toEqual([]);
});

test('the log, at its most talkative, holds no secret, no word of a visitor and no address', async () => {
  await companion.logged('agent connected');
  const log = companion.log();
  for (const [name, secret] of Object.entries(secrets)) expect(log.split('\n').filter((line) => holds(line, secret)), name).toEqual([]);
  for (const word of [WORDS, MAIL]) expect(log.split('\n').filter((line) => line.includes(word))).toEqual([]);
});

test('the data folder holds hashes only; the operator’s key is in its own file, for its owner alone', () => {
  const files = readdirSync(companion.data, { recursive: true }).map(String).filter((name) => statSync(join(companion.data, name)).isFile());
  const contents = files.map((name) => [name, readFileSync(join(companion.data, name)).toString('latin1')] as const);
  expect(contents.some(([, text]) => text.includes(createHash('sha256').update(visitor.secret).digest('hex')))).toBe(true);
  for (const [name, secret] of Object.entries(secrets)) {
    const found = contents.filter(([, text]) => holds(text, secret)).map(([file]) => file);
    expect(found, name).toEqual(name === 'the operator’s token' ? ['operator.json'] : []);
  }
  expect(statSync(join(companion.data, 'operator.json')).mode & 0o077).toBe(0);
});

test('a secret in an address opens nothing: sockets and routes read none from there', async () => {
  for (const query of [`token=${secrets['the admin’s token']}`, `access_token=${secrets['the admin’s token']}`, `secret=${visitor.secret}`]) {
    expect((await fetch(`${companion.url}/api/conversations?${query}`)).status).toBe(401);
    const socket = await connect(companion.url, `agent?${query}` as 'agent', AgentDown, EXTENSION);
    socket.send({ type: 'ping', seq: 0 });
    await socket.next('the refusal', (frame) => frame.type === 'error');
    expect(socket.history.map(({ type }) => type)).toEqual(['error']);
    await socket.close();
  }
});
