import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { ROUTES } from '#lib/companion/routes.ts';
import { AgentDown, AgentUp, CLOSE } from '#lib/protocol/agent.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { VisitorDown, VisitorUp } from '#lib/protocol/visitor.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { addMember, connect, connectRole, connectVisitor, EXTENSION, type AgentClient, type VisitorClient } from '../support/socket-client.ts';

/** Everybody who may come to the door, with what they show. */
const CALLERS = ['nobody', 'an unknown token', 'a visitor’s secret', 'a token from another origin', 'a revoked member', 'an agent', 'a lead', 'an admin', 'the operator'] as const;
type Caller = (typeof CALLERS)[number];
/** Another extension, which got hold of an admin's token. */
const STRANGE = 'chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba';
const TEAM: Caller[] = ['an agent', 'a lead', 'an admin'];

/** Who gets further than the door of each route. A route that is not here fails the test by its name. */
const MAY: Record<string, readonly Caller[]> = {
  'GET /healthz': CALLERS, 'GET /metrics': CALLERS, 'GET /demo': CALLERS, 'GET /help': CALLERS, 'GET /pages.css': CALLERS,
  'GET /widget.js': CALLERS, 'GET /widget/*': CALLERS, 'GET /widget/visitor-api.d.ts': CALLERS,
  // Anybody may try a code; an unknown one is refused as such.
  'POST /api/pair': CALLERS,
  'GET /api/conversations': TEAM, 'GET /api/conversations.csv': ['a lead', 'an admin'],
  'GET /api/bots/:botId/knowledge': TEAM, 'POST /api/bots/:botId/knowledge': ['an admin'], 'DELETE /api/bots/:botId/knowledge/:id': ['a lead', 'an admin'],
  'GET /api/bots/:botId/knowledge/learning': TEAM, 'GET /api/bots/:botId/unanswered': TEAM, 'POST /api/bots/:botId/knowledge/proposals': TEAM,
  'PUT /api/bots/:botId/knowledge/:id': ['an admin'], 'POST /api/bots/:botId/knowledge/:id/accept': ['a lead', 'an admin'],
  'GET /api/conversations/:id/turns': TEAM, 'POST /api/bots/:botId/try': TEAM, 'POST /api/bots/:botId/replay': ['a lead', 'an admin'],
  'GET /api/bots/:botId/secrets': ['an admin'], 'PUT /api/bots/:botId/secrets/:name': ['an admin'], 'DELETE /api/bots/:botId/secrets/:name': ['an admin'],
  // Who calls shows a signature, and none of these does.
  'POST /api/bots/:botId/webhook': [],
  // A visitor shows their id beside their secret.
  'POST /api/visitor/:botId/commands': [], 'GET /api/visitor/:botId/messages': [],
  'GET /api/audit': ['an admin'], 'GET /api/visitors/:botId/:visitorId': ['an admin'],
  'POST /api/operator/code': ['the operator'], 'POST /api/operator/members': ['the operator'], 'GET /api/operator/status': ['the operator'],
};

let companion: TestCompanion;
let admin: AgentClient;
let visitor: VisitorClient;
const tokens = {} as Record<Caller, string | null>;
const agents = {} as Record<'an agent' | 'a lead' | 'an admin', AgentClient>;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  admin = await connectRole(companion, 'admin');
  const gone = await addMember(companion.url, admin, 'Gone', 'admin');
  await admin.command({ type: 'member.revoke', memberId: gone.memberId });
  visitor = await connectVisitor(companion.url);
  await visitor.ask('How much is shipping?');
  Object.assign(agents, { 'an agent': await connectRole(companion, 'agent'), 'a lead': await connectRole(companion, 'lead'), 'an admin': admin });
  Object.assign(tokens, {
    'nobody': null, 'a token from another origin': admin.device.token, 'an unknown token': 'a'.repeat(43), 'a visitor’s secret': visitor.secret, 'a revoked member': gone.device.token, 'the operator': (JSON.parse(readFileSync(join(companion.data, 'operator.json'), 'utf8')) as { token: string }).token,
    'an agent': agents['an agent'].device.token, 'a lead': agents['a lead'].device.token, 'an admin': admin.device.token,
  });
});
afterAll(() => companion?.close());

describe('every caller at every route', () => {
  test('the table names every route there is', () => {
    expect(ROUTES.map(({ method, path }) => `${method} ${path}`).filter((name) => !(name in MAY))).toEqual([]);
  });
  test.each(ROUTES.map(({ method, path }) => [method, path] as const))('%s %s', async (method, path) => {
    const seen: Record<string, boolean> = {};
    for (const caller of CALLERS) {
      const address = companion.url + path.replace(':botId', 'pinewood').replace(':visitorId', visitor.id).replace(':id', 'none').replace(':name', 'model').replace('*', 'none.js');
      const token = tokens[caller];
      const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...(TEAM.includes(caller) ? { origin: EXTENSION } : caller === 'a token from another origin' ? { origin: STRANGE } : {}) };
      const response = await fetch(address, { method, headers, ...(method === 'POST' || method === 'PUT' ? { body: JSON.stringify(path.endsWith('pair') ? { code: 'ZZZZ-ZZZZ', version: PROTOCOL_VERSION } : {}) } : {}) });
      const text = await response.text();
      // Where the widget is not built, that is the answer to everybody.
      if (!text.includes('widget_not_built')) expect(response.status, `${caller}: ${text}`).toBeLessThan(500);
      const isRefused = response.status === 401 || (response.status === 403 && !text.includes('bad_code'));
      seen[caller] = !isRefused;
      // Whoever is turned away learns nothing but that.
      if (isRefused) expect(Object.keys(JSON.parse(text) as object).sort()).toEqual(['code', 'message']);
    }
    expect(seen).toEqual(Object.fromEntries(CALLERS.map((caller) => [caller, MAY[`${method} ${path}`]?.includes(caller) ?? false])));
  });
});

const conversationOf = async (): Promise<string> => (await admin.conversation(visitor)).id;
const hello = (token: string): AgentUp => ({ type: 'hello', version: PROTOCOL_VERSION, token: token, cursor: null, workerId: 'w' });
/** One of each frame of an agent, all on things that are really there. */
const AGENT_FRAMES: Record<AgentUp['type'], () => Promise<object> | object> = {
  hello: () => hello(tokens['an admin']!), sync: () => ({ after: 0 }), ping: () => ({ seq: 0 }), applied: () => ({ seq: 1, badge: '', alerted: [] }), bye: () => ({}),
  watch: async () => ({ conversationId: await conversationOf(), after: 0 }), unwatch: async () => ({ conversationId: await conversationOf() }),
  typing: async () => ({ conversationId: await conversationOf(), on: true }), draft: async () => ({ conversationId: await conversationOf() }),
  command: async () => ({ id: uuid(), command: { type: 'note.add', conversationId: await conversationOf(), text: 'intruder' } }),
};
const VISITOR_FRAMES: Record<VisitorUp['type'], () => object> = {
  hello: () => ({ version: PROTOCOL_VERSION, botId: 'pinewood', visitor: { id: visitor.id, secret: 'b'.repeat(43) }, after: 0, channel: 'widget', page: null, language: null }),
  message: () => ({ id: uuid(), text: 'intruder' }), escalate: () => ({ id: uuid() }), offer: () => ({ id: uuid(), messageId: visitor.lines()[0]!.id, accept: true }), back: () => ({ id: uuid() }),
  email: () => ({ id: uuid(), email: 'intruder@example.com' }), feedback: () => ({ id: uuid(), messageId: visitor.lines()[0]!.id, value: 'down' }), fetch: () => ({ after: 0 }), typing: () => ({ on: true }), ping: () => ({}),
};

describe('every frame from whoever has not said a hello that holds', () => {
  test('the tables name every frame there is', () => {
    expect(Object.keys(AGENT_FRAMES).sort()).toEqual(AgentUp.options.map((one) => one.shape.type.value).sort());
    expect(Object.keys(VISITOR_FRAMES).sort()).toEqual(VisitorUp.options.map((one) => one.shape.type.value).sort());
  });
  test('at the agents’ door: nothing is answered but that, nothing happens', async () => {
    const before = (await admin.conversation(visitor)).seq;
    for (const caller of CALLERS.filter((one) => !TEAM.includes(one))) {
      for (const type of Object.keys(AGENT_FRAMES) as AgentUp['type'][]) {
        const client = await connect(companion.url, 'agent', AgentDown, caller === 'a token from another origin' ? STRANGE : EXTENSION);
        const token = tokens[caller];
        const frame = { type, ...await AGENT_FRAMES[type]() };
        if (token) client.send(hello(token));
        if (type !== 'hello') client.send(frame);
        const shown = token ? [CLOSE.unauthenticated, CLOSE.revoked] : null;
        if (shown) expect(shown, `${caller} ${type}`).toContain((await client.closed).code);
        else if (type !== 'hello') await client.next('the refusal', (one) => one.type === 'error' || one.type === 'nack');
        expect(client.history.filter((one) => !['error', 'nack'].includes(one.type)), `${caller} ${type}`).toEqual([]);
        await client.close();
      }
    }
    expect((await admin.conversation(visitor)).seq).toBe(before);
    expect([...admin.rows.values()].some((one) => one.kind === 'note' && one.row.text === 'intruder')).toBe(false);
  });
  test('at the visitors’ door: without the visitor’s secret no frame reaches their conversation', async () => {
    const before = (await admin.conversation(visitor)).seq;
    for (const isGreeted of [false, true]) {
      for (const type of Object.keys(VISITOR_FRAMES) as VisitorUp['type'][]) {
        const client = await connect(companion.url, 'visitor', VisitorDown, companion.url);
        if (isGreeted) client.send({ type: 'hello', ...VISITOR_FRAMES.hello() });
        if (type !== 'hello' || !isGreeted) client.send({ type, ...VISITOR_FRAMES[type]() });
        await client.next('the refusal', (one) => one.type === 'error' || one.type === 'nack');
        expect(client.history.filter((one) => !['error', 'nack'].includes(one.type)), type).toEqual([]);
        await client.close();
      }
    }
    expect((await admin.conversation(visitor)).seq).toBe(before);
  });
  test('a member’s token opens no visitor’s conversation, a visitor’s frames do nothing at the agents’ door, and the other way round', async () => {
    for (const [path, schema, frames] of [['agent', AgentDown, VISITOR_FRAMES], ['visitor', VisitorDown, AGENT_FRAMES]] as const) {
      const client = await connect<AgentDown | VisitorDown>(companion.url, path, schema as never, path === 'agent' ? EXTENSION : companion.url);
      for (const type of Object.keys(frames).filter((one) => one !== 'ping')) client.send({ type, ...await (frames as Record<string, () => Promise<object> | object>)[type]!() });
      await client.until('it is shut out', () => client.isClosed() || client.history.filter(({ type }) => type === 'error' || type === 'nack').length >= 9);
      expect(client.history.filter((one) => !['error', 'nack'].includes(one.type))).toEqual([]);
      await client.close();
    }
  });
});
