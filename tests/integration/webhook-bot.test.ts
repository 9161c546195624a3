import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { TurnList } from '#lib/protocol/turn.ts';
import type { TriggerMode } from '#lib/protocol/settings.ts';
import { startTestCompanion, until, type TestCompanion } from '../support/companion.ts';
import { connectRole, connectVisitor, type AgentClient, type VisitorClient } from '../support/socket-client.ts';
import { callCompanion, startWebhookServer, useWebhook, type CallOptions, type WebhookServer } from '../support/webhook-server.ts';

let bot: WebhookServer;
let companion: TestCompanion;
let admin: AgentClient;
let agent: AgentClient;
beforeAll(async () => {
  bot = await startWebhookServer();
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off', OUTGOING_HOSTS: bot.host });
  [admin, agent] = [await connectRole(companion, 'admin'), await connectRole(companion, 'agent')];
  await useWebhook(companion.url, admin, bot.url);
}, 60_000);
afterAll(async () => { await companion?.close(); await bot?.close(); });
afterEach(() => useWebhook(companion.url, admin, bot.url, { handoff: { mode: 'both', enabled: true } }));

const SHIPPING = 'Standard shipping takes 2 to 4 working days.';
const call = (body: object, options?: CallOptions) => callCompanion(companion.url, body, options);
const said = (visitor: VisitorClient): string[] => visitor.lines().flatMap((one) => (one.kind === 'said' && one.author.kind === 'bot' ? [one.text] : []));
const saying = (visitor: VisitorClient, text: string) => visitor.until(`the bot says "${text}"`, () => said(visitor).some((one) => one.includes(text)));
const idOf = async (visitor: VisitorClient): Promise<string> => (await admin.conversation(visitor)).id;
const later = async (text: string): Promise<{ visitor: VisitorClient; turnId: string; conversationId: string }> => {
  bot.plays(() => 202);
  const visitor = await connectVisitor(companion.url);
  await visitor.say(text);
  const { turn } = await bot.hears(text);
  return { visitor, turnId: turn.turnId, conversationId: turn.conversationId };
};
const turns = async (visitor: VisitorClient) => {
  const response = await fetch(`${companion.url}/api/conversations/${await idOf(visitor)}/turns`, { headers: { authorization: `Bearer ${admin.device.token}`, origin: admin.device.origin } });
  return TurnList.parse(await response.json()).turns;
};

describe('turns out', () => {
  test('a turn is asked for with a signature the library takes, and its answer is shown with its sources', async () => {
    bot.plays(() => ({ reply: { text: 'Two days, by bike.', sources: [{ title: 'Couriers' }] } }));
    const visitor = await connectVisitor(companion.url);
    await visitor.ask('How long, for the webhook?');
    const { verified, id, turn } = await bot.hears('How long, for the webhook?');
    expect([verified, id, turn.botId, turn.conversationId]).toEqual([true, turn.turnId, 'pinewood', await idOf(visitor)]);
    expect(visitor.lines().at(-1)).toMatchObject({ kind: 'said', text: 'Two days, by bike.', sources: [{ title: 'Couriers' }] });
    expect(await turns(visitor)).toMatchObject([{ engine: 'webhook', degraded: false, action: 'answer' }]);
  });

  test('a server in trouble is asked again under the same id', async () => {
    bot.plays((_, at) => (at < 2 ? 503 : { reply: { text: 'Third time lucky.' } }));
    const visitor = await connectVisitor(companion.url);
    await visitor.ask('Third time?');
    expect(said(visitor)).toEqual(['Third time lucky.']);
    const tries = bot.heard.filter(({ turn }) => turn.message.text === 'Third time?');
    expect(tries.map(({ id, verified, body }) => [id, verified, body])).toEqual(Array.from({ length: 3 }, () => [tries[0]?.id, true, tries[0]?.body]));
  });

  const BAD: [string, Parameters<WebhookServer['plays']>[0]][] = [
    ['down', () => (response) => response.destroy()], ['silent', () => () => undefined], ['in trouble', () => 500], ['not there', () => 404], ['talking garbage', () => (response) => response.end('<h1>hello</h1>')],
    ['breaking off', () => (response) => { response.writeHead(200, { 'content-length': '100' }); response.write('{"reply"'); response.destroy(); }],
    ['lying', () => ({ reply: { text: 'Yes' }, answerable: 99 })], ['leading elsewhere', () => (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['huge', () => (response) => { response.writeHead(200); response.on('error', () => undefined); for (let at = 0; at < 40; at++) response.write('x'.repeat(64 * 1024)); response.end(); }],
  ];
  test.each(BAD)('of a server that is %s nothing is shown: the knowledge base answers, and a request for a person still escalates', async (_, script) => {
    bot.plays(script);
    const visitor = await connectVisitor(companion.url);
    await visitor.ask('How long does shipping take?');
    expect(said(visitor)[0]).toContain(SHIPPING);
    expect(await turns(visitor)).toMatchObject([{ engine: 'embedded', degraded: true }]);
    await visitor.say('Let me talk to a human please');
    expect(await admin.conversation(visitor, (row) => row.status === 'escalated')).toMatchObject({ floor: 'team', escalation: { trigger: 'request' } });
  });

  test('without a secret nothing is sent: the knowledge base answers, and the log says what to do', async () => {
    await useWebhook(companion.url, admin, bot.url, { secret: null });
    const before = bot.heard.length;
    const visitor = await connectVisitor(companion.url);
    await visitor.ask('How long does shipping take?');
    expect([said(visitor)[0]?.includes(SHIPPING), bot.heard.length]).toEqual([true, before]);
    await companion.logged('has no signing secret');
    expect((await call({ type: 'message.send', data: { conversationId: await idOf(visitor), text: 'x' } })).status).toBe(401);
  });
});

describe('later turns', () => {
  test('the visitor sees typing until the answer is posted; it is taken once', async () => {
    const { visitor, turnId } = await later('Is my parcel late one?');
    await visitor.next('typing', (frame) => frame.type === 'typing' && frame.on && frame.by === 'bot');
    expect(await call({ type: 'turn.answer', data: { turnId, reply: { text: 'It comes tomorrow.' } } })).toEqual({ status: 200, body: { done: 'answered' } });
    await saying(visitor, 'It comes tomorrow.');
    await visitor.until('typing ends', () => visitor.history.findLast((frame) => frame.type === 'typing')?.on === false);
    expect(await call({ type: 'turn.answer', data: { turnId, reply: { text: 'Or the day after.' } } })).toMatchObject({ status: 410, body: { code: 'turn_over' } });
    expect(said(visitor)).toEqual(['It comes tomorrow.']);
    expect(await turns(visitor)).toMatchObject([{ engine: 'webhook', degraded: false }]);
  });

  test('the answer is taken after the companion was killed, and the turn is asked again under the same id', async () => {
    const { visitor, turnId } = await later('Is my parcel late two?');
    await companion.kill();
    await companion.start();
    await until('asked again', () => bot.heard.filter(({ id }) => id === turnId).length >= 2);
    expect(await call({ type: 'turn.answer', data: { turnId, reply: { text: 'After the storm.' } } })).toMatchObject({ status: 200 });
    const back = await connectVisitor(companion.url, { id: visitor.id, secret: visitor.secret });
    await saying(back, 'After the storm.');
    [admin, agent] = [await connectRole(companion, 'admin'), await connectRole(companion, 'agent')];
  }, 60_000);

  test('the answer is refused in words after an agent has claimed the conversation', async () => {
    const { visitor, turnId, conversationId } = await later('Is my parcel late three?');
    await agent.command({ type: 'conversation.claim', conversationId });
    expect(await call({ type: 'turn.answer', data: { turnId, reply: { text: 'Too late.' } } })).toMatchObject({ status: 409, body: { code: 'team_has_floor', message: expect.stringContaining('An agent has this conversation') } });
    expect(await call({ type: 'message.send', data: { conversationId, text: 'Me too!' } })).toMatchObject({ status: 409, body: { code: 'team_has_floor' } });
    expect(said(visitor)).toEqual([]);
  });

  test('a request for a person waits for no bot: neither in its own turn nor behind one that comes later', async () => {
    const { visitor } = await later('Is my parcel late four?');
    await visitor.say('Let me talk to a human please');
    expect(await admin.conversation(visitor, (row) => row.status === 'escalated')).toMatchObject({ floor: 'team', escalation: { trigger: 'request' } });
    const other = await connectVisitor(companion.url);
    await other.say('I want to talk to a human, at once');
    expect(await admin.conversation(other, (row) => row.status === 'escalated')).toMatchObject({ floor: 'team' });
    expect(bot.heard.filter(({ turn }) => /talk to a human/.test(turn.message.text))).toEqual([]);
  });
});

describe('calls in', () => {
  /** A conversation that the bot has answered in. */
  const begun = async (): Promise<{ visitor: VisitorClient; conversationId: string }> => {
    bot.plays(() => ({ reply: { text: 'Hello from your own bot.' } }));
    const visitor = await connectVisitor(companion.url);
    await visitor.ask('hello, webhook');
    return { visitor, conversationId: await idOf(visitor) };
  };
  const OLD = new Date(Date.now() - 6 * 60_000);

  test.each<[string, CallOptions]>([
    ['with another secret', { secret: `whsec_${randomBytes(32).toString('base64')}` }], ['of six minutes ago', { at: OLD }], ['whose body was changed', { tampered: '{"type":"message.send"}' }],
  ])('a call %s is refused, and nothing is said', async (_, options) => {
    const { visitor, conversationId } = await begun();
    expect(await call({ type: 'message.send', data: { conversationId, text: 'Forged.' } }, options)).toMatchObject({ status: 401, body: { code: 'bad_signature' } });
    expect(await call({ type: 'message.send', data: { conversationId, text: 'Real.' } })).toEqual({ status: 200, body: { done: 'said' } });
    await saying(visitor, 'Real.');
    expect(said(visitor)).toEqual(['Hello from your own bot.', 'Real.']);
  });

  test('a call is taken once: a replay is refused, at once, together and after a restart', async () => {
    const { visitor, conversationId } = await begun();
    const id = uuid();
    const again = () => call({ type: 'message.send', data: { conversationId, text: 'Once.' } }, { id });
    expect((await Promise.all([again(), again(), again()])).map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(await again()).toMatchObject({ status: 409, body: { code: 'already_taken' } });
    await companion.stop();
    await companion.start();
    expect(await again()).toMatchObject({ status: 409, body: { code: 'already_taken' } });
    const back = await connectVisitor(companion.url, { id: visitor.id, secret: visitor.secret });
    expect(said(back).filter((text) => text === 'Once.')).toHaveLength(1);
    [admin, agent] = [await connectRole(companion, 'admin'), await connectRole(companion, 'agent')];
  }, 60_000);

  test('what cannot be done is refused in words', async () => {
    const { conversationId } = await begun();
    expect(await call({ type: 'nonsense' })).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(await call({ type: 'message.send', data: { conversationId, text: 'x'.repeat(5_000) } })).toMatchObject({ status: 400 });
    expect(await call({ type: 'message.send', data: { conversationId: 'none', text: 'x' } })).toMatchObject({ status: 404 });
    expect(await call({ type: 'turn.answer', data: { turnId: 'turn_none_1', reply: { text: 'x' } } })).toMatchObject({ status: 404 });
    expect(await call({ type: 'message.send', data: { conversationId, text: 'x' } }, { botId: 'none' })).toMatchObject({ status: 404 });
    expect(await call({ type: 'message.send', data: { conversationId, text: 'x'.repeat(70_000) } })).toMatchObject({ status: 413 });
    await useWebhook(companion.url, admin, null);
    expect(await call({ type: 'message.send', data: { conversationId, text: 'x' } })).toMatchObject({ status: 410, body: { code: 'not_a_webhook_bot' } });
  });

  test('an offer of its own accord stands once; after a no it is refused', async () => {
    const { visitor, conversationId } = await begun();
    const offer = () => call({ type: 'conversation.offer', data: { conversationId } });
    expect(await offer()).toEqual({ status: 200, body: { done: 'offered' } });
    expect((await offer()).status).toBe(409);
    const shown = await visitor.until('the offer', () => visitor.lines().find((one) => one.kind === 'said' && one.offer));
    await visitor.act({ type: 'offer', messageId: shown.id, accept: false });
    expect(await offer()).toMatchObject({ status: 409, body: { message: expect.stringContaining('did not want one') } });
    expect(await call({ type: 'conversation.escalate', data: { conversationId } })).toEqual({ status: 200, body: { done: 'escalated' } });
    expect(await admin.conversation(visitor, (row) => row.status === 'escalated')).toMatchObject({ escalation: { trigger: 'policy', reasons: [{ code: 'policy', evidence: 'the bot asked for a person' }] } });
  });
});

describe('what the bot proposes, in each trigger mode', () => {
  const CASES: [TriggerMode | 'off', 'offer' | 'escalate', { offers: number; status: string; points: boolean }][] = [
    ['auto', 'offer', { offers: 1, status: 'open', points: false }], ['both', 'offer', { offers: 1, status: 'open', points: false }], ['button', 'offer', { offers: 0, status: 'open', points: false }], ['off', 'offer', { offers: 0, status: 'open', points: false }],
    ['auto', 'escalate', { offers: 0, status: 'escalated', points: false }], ['both', 'escalate', { offers: 0, status: 'escalated', points: false }], ['button', 'escalate', { offers: 0, status: 'open', points: true }], ['off', 'escalate', { offers: 0, status: 'open', points: false }],
  ];
  test.each(CASES)('%s: %s', async (mode, handoff, expected) => {
    await useWebhook(companion.url, admin, bot.url, { handoff: mode === 'off' ? { enabled: false } : { mode, enabled: true } });
    bot.plays(() => ({ reply: { text: 'That is a hard one.' }, handoff }));
    const visitor = await connectVisitor(companion.url);
    await visitor.ask('A hard question about customs?');
    const row = await admin.conversation(visitor, ({ owed, messageCount }) => owed === null && messageCount > 1);
    await visitor.until('all lines', () => visitor.lines().length === row.messageCount);
    const lines = visitor.lines().flatMap((one) => (one.kind === 'said' ? [one] : []));
    expect(said(visitor)[0]).toBe('That is a hard one.');
    expect({ offers: lines.filter((one) => one.offer).length, status: row.status, points: lines.some((one) => one.point) }).toEqual(expected);
    if (row.status === 'escalated') expect(row.escalation).toMatchObject({ trigger: 'policy', reasons: [{ code: 'policy', evidence: 'the bot asked for a person' }] });
  });
});
