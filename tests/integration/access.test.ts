import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#lib/base/must.ts';
import { uuid } from '#lib/base/uuid.ts';
import { AgentDown, CLOSE } from '#lib/protocol/agent.ts';
import { Command, type CommandType } from '#lib/protocol/command.ts';
import { isAllowed, isAtLeast, ROUTE_ROLE } from '#lib/protocol/permission.ts';
import { ROLES, type Role } from '#lib/protocol/settings.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { VisitorDown } from '#lib/protocol/visitor.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { addMember, codeFor, connect, connectAgent, connectRole, connectVisitor, EXTENSION, pair, postPair, type AgentClient } from '../support/socket-client.ts';

let companion: TestCompanion;
let url: string;
const of = {} as Record<Role, AgentClient>;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  url = companion.url;
  for (const role of ROLES) of[role] = await connectRole(companion, role);
});
afterAll(() => companion?.close());
const hello = (token: string) => ({ type: 'hello', version: PROTOCOL_VERSION, token, cursor: null, workerId: 'test' });
const rawAgent = (origin = EXTENSION) => connect(url, 'agent', AgentDown, origin);
const rawVisitor = (origin = url) => connect(url, 'visitor', VisitorDown, origin);

/** One of each command, on things that are not there: whoever may is told so, whoever may not is told that. */
const handoff = { enabled: false, mode: 'both', offlineMessage: '', agentLabel: '', keepOn: false };
const COMMANDS: Record<CommandType, () => object> = {
  'message.send': () => ({ conversationId: 'none', text: 'x', seen: 0 }), 'note.add': () => ({ conversationId: 'none', text: 'x' }),
  'conversation.claim': () => ({ conversationId: 'none' }), 'conversation.release': () => ({ conversationId: 'none' }), 'conversation.return': () => ({ conversationId: 'none' }),
  'conversation.resolve': () => ({ conversationId: 'none' }), 'conversation.reopen': () => ({ conversationId: 'none' }), 'conversation.archive': () => ({ conversationId: 'none' }),
  'availability.set': () => ({ botIds: ['none'], on: true }),
  'bot.add': () => ({ botId: uuid(), name: 'Spare' }), 'bot.save': () => ({ botId: 'none', baseSeq: 1, settings: { name: 'x', greeting: '', sites: [], handoff } }),
  'workspace.save': () => ({ settings: workspace(true) }),
  'member.add': () => ({ memberId: uuid(), name: 'New', role: 'agent' }), 'member.code': () => ({ memberId: 'none' }), 'member.role': () => ({ memberId: 'none', role: 'lead' }), 'member.revoke': () => ({ memberId: 'none' }), 'visitor.delete': () => ({ botId: 'none', visitorId: 'none' }),
};
function workspace(agentsMaySwitch: boolean) {
  const row = [...of.admin.rows.values()].find((one) => one.kind === 'workspace');
  const { seq: _, id: __, ...settings } = must(row, 'workspace row').row as unknown as Record<string, unknown>;
  return { ...settings, agentsMaySwitch };
}

test('the table of commands here names every command there is', () => {
  expect(Object.keys(COMMANDS).sort()).toEqual(Command.options.map((one) => one.shape.type.value).sort());
});
for (const agentsMaySwitch of [true, false]) {
  test(`every command of every role is allowed or forbidden as the table says (agents ${agentsMaySwitch ? 'may' : 'may not'} switch)`, async () => {
    expect(await of.admin.command({ type: 'workspace.save', settings: workspace(agentsMaySwitch) })).toMatchObject({ type: 'ack' });
    const wrong: string[] = [];
    for (const role of ROLES) for (const type of Object.keys(COMMANDS) as CommandType[]) {
      if (type === 'workspace.save' && role === 'admin') continue; // just seen, and it would switch back
      const answer = await of[role].command({ type, ...COMMANDS[type]() });
      const allowed = !(answer.type === 'nack' && answer.refusal.code === 'forbidden');
      if (allowed !== isAllowed(role, type, agentsMaySwitch)) wrong.push(`${role} ${type}: ${JSON.stringify(answer)}`);
      if (answer.type === 'nack' && !['forbidden', 'not_found'].includes(answer.refusal.code)) wrong.push(`${role} ${type}: ${answer.refusal.code}`);
    }
    expect(wrong).toEqual([]);
  });
}

const ROUTES: Record<keyof typeof ROUTE_ROLE, [method: string, path: string]> = {
  'conversations.list': ['GET', '/api/conversations'], 'conversations.export': ['GET', '/api/conversations.csv'],
  'knowledge.list': ['GET', '/api/bots/pinewood/knowledge'], 'knowledge.add': ['POST', '/api/bots/pinewood/knowledge'], 'knowledge.remove': ['DELETE', '/api/bots/pinewood/knowledge/none'],
  'knowledge.learning': ['GET', '/api/bots/pinewood/knowledge/learning'], 'knowledge.unanswered': ['GET', '/api/bots/pinewood/unanswered'], 'knowledge.propose': ['POST', '/api/bots/pinewood/knowledge/proposals'],
  'knowledge.change': ['PUT', '/api/bots/pinewood/knowledge/none'], 'knowledge.accept': ['POST', '/api/bots/pinewood/knowledge/none/accept'],
  'conversation.turns': ['GET', '/api/conversations/none/turns'], 'bot.try': ['POST', '/api/bots/pinewood/try'], 'bot.replay': ['POST', '/api/bots/pinewood/replay'],
  'secret.list': ['GET', '/api/bots/pinewood/secrets'], 'secret.put': ['PUT', '/api/bots/pinewood/secrets/none'], 'secret.remove': ['DELETE', '/api/bots/pinewood/secrets/none'],
  'audit.list': ['GET', '/api/audit'], 'visitor.export': ['GET', '/api/visitors/pinewood/none'],
};
const ask = async (name: keyof typeof ROUTE_ROLE, headers: Record<string, string>): Promise<number> => {
  const [method, path] = ROUTES[name];
  const response = await fetch(url + path, { method, headers: { ...headers, 'content-type': 'application/json' }, ...(method === 'POST' || method === 'PUT' ? { body: '{}' } : {}) });
  await response.arrayBuffer();
  return response.status;
};
test('every route of every role is allowed or forbidden as the table says; nobody gets in without a token', async () => {
  for (const name of Object.keys(ROUTE_ROLE) as (keyof typeof ROUTE_ROLE)[]) {
    expect(await ask(name, {}), name).toBe(401);
    for (const role of ROLES) {
      const { token, origin } = of[role].device;
      const status = await ask(name, { authorization: `Bearer ${token}`, origin });
      expect([name, role, status !== 403]).toEqual([name, role, isAtLeast(role, ROUTE_ROLE[name])]);
      expect(status, name).toBeLessThan(500);
    }
  }
});
test('a member’s token opens no operator route', async () => {
  const response = await fetch(`${url}/api/operator/status`, { headers: { authorization: `Bearer ${of.admin.device.token}` } });
  expect(response.status).toBe(403);
});

test('a pairing code works once; an unknown one and one of a revoked member not at all, each in its own words', async () => {
  expect(await postPair(url, 'ZZZZ-ZZZZ')).toMatchObject({ status: 403, body: { code: 'bad_code' } });
  expect(await postPair(url, 'nonsense!')).toMatchObject({ status: 400, body: { code: 'bad_code' } });
  const gone = await addMember(url, of.admin, 'Gone', 'agent');
  const [one, two] = [await codeFor(of.admin, gone.memberId), await codeFor(of.admin, gone.memberId)];
  expect(await postPair(url, one)).toMatchObject({ status: 200, body: { member: { name: 'Gone' } } });
  expect(await postPair(url, one)).toMatchObject({ status: 403, body: { code: 'used_code' } });
  await of.admin.command({ type: 'member.revoke', memberId: gone.memberId });
  expect(await postPair(url, two)).toMatchObject({ status: 403, body: { code: 'bad_code', message: expect.stringContaining('revoked') } });
});

test('a revoked member’s sockets close within a second, and their token is of no use anywhere', async () => {
  const gone = await addMember(url, of.admin, 'Leaver', 'agent');
  const second = await connectAgent(url, gone.device);
  const began = performance.now();
  await of.admin.command({ type: 'member.revoke', memberId: gone.memberId });
  expect((await Promise.all([gone.closed, second.closed])).map(({ code }) => code)).toEqual([CLOSE.revoked, CLOSE.revoked]);
  expect(performance.now() - began).toBeLessThan(1_000);
  const again = await rawAgent();
  again.send(hello(gone.device.token));
  expect(await again.closed).toMatchObject({ code: CLOSE.revoked });
  expect(await ask('conversations.list', { authorization: `Bearer ${gone.device.token}`, origin: EXTENSION })).toBe(401);
});

test('an unknown token, and a known one from another origin, are refused', async () => {
  for (const [token, origin] of [['a'.repeat(43), EXTENSION], [of.agent.device.token, 'chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba']] as const) {
    const client = await rawAgent(origin);
    client.send(hello(token));
    expect(await client.closed).toMatchObject({ code: CLOSE.unauthenticated });
    expect(client.history.filter((frame) => frame.type === 'welcome' || frame.type === 'feed')).toEqual([]);
  }
  // A web page is turned away at the latest with its hello.
  const page = await rawAgent('https://evil.example').catch(() => null);
  page?.send(hello(of.agent.device.token));
  await page?.closed;
  expect(page?.history.filter((frame) => frame.type === 'welcome' || frame.type === 'feed') ?? []).toEqual([]);
  expect(await ask('conversations.list', { authorization: `Bearer ${of.agent.device.token}`, origin: 'https://evil.example' })).toBe(401);
});

test('a visitor is let in from a listed site and from the companion’s own pages, not from another site, nor with another’s secret', async () => {
  const botId = uuid();
  await of.admin.command({ type: 'bot.add', botId, name: 'Listed' });
  const { row } = await of.admin.until('the new bot', () => of.admin.rows.get(botId));
  await of.admin.command({ type: 'bot.save', botId, baseSeq: row.seq, settings: { name: 'Listed', greeting: '', sites: ['https://shop.example'], handoff } });
  for (const origin of ['https://shop.example', url]) await (await connectVisitor(url, { botId, origin })).close();
  for (const origin of ['https://other.example', 'https://shop.example.evil.example']) {
    const client = await rawVisitor(origin);
    client.send({ type: 'hello', version: PROTOCOL_VERSION, botId, visitor: { id: uuid(), secret: 'a'.repeat(43) }, after: 0, channel: 'widget', page: null, language: null });
    expect(await client.closed).toMatchObject({ code: CLOSE.revoked });
    expect(client.history).toMatchObject([{ type: 'error', code: 'site_not_allowed', message: 'This chat is not available on this site.' }]);
    await companion.logged(`"origin":"${origin}"`);
  }
  const owner = await connectVisitor(url);
  await owner.say('mine');
  const thief = await rawVisitor();
  thief.send({ type: 'hello', version: PROTOCOL_VERSION, botId: 'pinewood', visitor: { id: owner.id, secret: 'b'.repeat(43) }, after: 0, channel: 'widget', page: null, language: null });
  expect(await thief.closed).toMatchObject({ code: CLOSE.unauthenticated });
});

test('frames that cannot be read are refused in words, ten of them end the socket, and nobody else notices', async () => {
  const neighbour = await connectVisitor(url);
  for (const client of [await rawVisitor(), await rawAgent()]) {
    const bad = ['{', 'null', '[]', '{"type":"nonsense"}', '{"type":"ping"}', Buffer.from([1, 2]), '{"type":"hello"}', '""', '{"type":"message","id":"x y","text":"a"}', '{"type":7}'];
    for (const text of bad) client.sendText(text);
    expect(await client.closed).toMatchObject({ code: CLOSE.malformed });
    expect(client.history.map((frame) => frame.type)).toEqual(bad.map(() => 'error'));
  }
  expect(await neighbour.say('fine here')).toMatchObject({ type: 'ack' });
});

test('a frame of 64 kB and a byte ends its socket unread, and nobody else notices', async () => {
  const [client, neighbour] = [await connectVisitor(url), await connectVisitor(url)];
  client.sendText('x'.repeat(64 * 1024 + 1));
  expect(await client.closed).toMatchObject({ code: 1009 });
  expect(await neighbour.say('fine here')).toMatchObject({ type: 'ack' });
});

test('a socket without hello is closed after 5 s', async () => {
  const began = performance.now();
  const [one, two] = [await rawVisitor(), await rawAgent()];
  expect((await Promise.all([one.closed, two.closed])).map(({ code }) => code)).toEqual([CLOSE.unauthenticated, CLOSE.unauthenticated]);
  expect(performance.now() - began).toBeGreaterThan(4_500);
});

test('with limits on, guessing codes is slowed down', async () => {
  const strict = await startTestCompanion({ DEMO: '1' });
  try {
    const answers = await Promise.all(Array.from({ length: 40 }, () => postPair(strict.url, 'ZZZZ-ZZZZ')));
    expect(answers.filter(({ status }) => status === 403).length).toBeLessThanOrEqual(35);
    expect(answers.some(({ status, body }) => status === 429 && body.code === 'rate_limited')).toBe(true);
    const visitor = await connectVisitor(strict.url);
    const said = await Promise.all(Array.from({ length: 20 }, (_, at) => visitor.say(`line ${at}`)));
    expect(said.some((one) => one.type === 'nack' && one.refusal.code === 'rate_limited')).toBe(true);
    await expect(pair(strict.url, 'ZZZZ-ZZZZ')).rejects.toThrow();
  } finally { await strict.close(); }
});
