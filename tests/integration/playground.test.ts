import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#lib/base/must.ts';
import { uuid } from '#lib/base/uuid.ts';
import { CLOSE } from '#lib/protocol/agent.ts';
import type { BotSettings } from '#lib/protocol/settings.ts';
import { Tried, type TriedTurn, type TryRequest } from '#lib/protocol/try.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { VisitorDown } from '#lib/protocol/visitor.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { connect, connectRole, connectVisitor, EXTENSION, type AgentClient } from '../support/socket-client.ts';

let companion: TestCompanion;
let admin: AgentClient, agent: AgentClient;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  admin = await connectRole(companion, 'admin');
  agent = await connectRole(companion, 'agent');
});
afterAll(() => companion?.close());

const STRANGE = 'chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba';
const SETTINGS: BotSettings = { name: 'Fresh', greeting: 'Hi', sites: [], handoff: { enabled: true, mode: 'both', offlineMessage: '', agentLabel: '', keepOn: false } };

/** A bot that no site may embed. */
async function freshBot(): Promise<string> {
  const botId = uuid();
  await admin.command({ type: 'bot.add', botId, name: 'Fresh' });
  const { row } = await admin.until('the new bot', () => admin.rows.get(botId));
  await admin.command({ type: 'bot.save', botId, baseSeq: row.seq, settings: SETTINGS });
  await admin.command({ type: 'availability.set', botIds: [botId], on: true });
  return botId;
}
const post = (path: string, body: unknown, by: AgentClient = agent): Promise<Response> => fetch(companion.url + path, {
  method: 'POST', headers: { authorization: `Bearer ${by.device.token}`, origin: by.device.origin, 'content-type': 'application/json' }, body: JSON.stringify(body),
});
async function tryIt(body: TryRequest, bot = 'pinewood'): Promise<Tried> {
  const response = await post(`/api/bots/${bot}/try`, body);
  expect(response.status).toBe(200);
  return Tried.parse(await response.json());
}
const turnOf = ({ lines }: Tried): TriedTurn => must(lines.at(-1)?.turn, 'the turn');
const handoff = (change: Partial<BotSettings['handoff']>): BotSettings['handoff'] => ({ ...SETTINGS.handoff, ...change });

test('a paired extension may try a bot that no site may embed; a web page may not, with whatever channel, and another extension neither', async () => {
  const botId = await freshBot();
  const hello = (channel: string) => ({ type: 'hello', version: PROTOCOL_VERSION, botId, visitor: { id: uuid(), secret: 'a'.repeat(43) }, after: 0, channel, page: null, language: null });
  const ends = async (origin: string, channel: string): Promise<string> => {
    const client = await connect(companion.url, 'visitor', VisitorDown, origin);
    client.send(hello(channel));
    const first = await client.next('an answer', () => true);
    if (first.type === 'welcome') { await client.close(); return 'let in'; }
    expect(await client.closed).toMatchObject({ code: CLOSE.revoked });
    expect(client.history).toHaveLength(1);
    return first.type === 'error' ? first.code : first.type;
  };
  expect(await ends(EXTENSION, 'playground')).toBe('let in');
  for (const origin of ['https://evil.example', companion.url, STRANGE, 'chrome-extension://', `https://evil.example/#${EXTENSION}`, 'null']) expect([origin, await ends(origin, 'playground')]).toEqual([origin, 'site_not_allowed']);
  expect(await ends(EXTENSION, 'widget')).toBe('site_not_allowed');
  // On a site that is listed, too, the Playground is not a way to write unseen.
  await admin.command({ type: 'bot.save', botId, baseSeq: must(admin.rows.get(botId), 'the bot').row.seq, settings: { ...SETTINGS, sites: ['https://shop.example'] }, force: true });
  expect([await ends('https://shop.example', 'widget'), await ends('https://shop.example', 'playground')]).toEqual(['let in', 'site_not_allowed']);
});

test('an escalation in the Playground shows what a visitor would see, and is in nobody’s queue', async () => {
  const player = await connectVisitor(companion.url, { origin: EXTENSION, channel: 'playground' });
  await player.ask('How much is shipping?');
  expect(player.lines().find((one) => one.kind === 'said' && one.author.kind === 'bot')).toMatchObject({ sources: [expect.anything()] });
  expect(await player.act({ type: 'escalate' })).toMatchObject({ type: 'ack' });
  await player.until('the queue', () => player.state.view?.waiting);
  expect(player.lines().at(-1)).toMatchObject({ kind: 'happened', what: { type: 'queued' } });
  const row = await admin.conversation(player, ({ status }) => status === 'escalated');
  expect(row).toMatchObject({ channel: 'playground', floor: 'team', claim: null });
  // A visitor who asks afterwards is next: nobody waits behind the Playground.
  const visitor = await connectVisitor(companion.url);
  await visitor.say('hello');
  await visitor.act({ type: 'escalate' });
  const place = (await visitor.until('the place', () => visitor.state.view?.waiting)).place;
  const ahead = [...admin.rows.values()].filter((one) => one.kind === 'conversation' && one.row.channel === 'widget' && one.row.status === 'escalated' && one.row.floor === 'team' && !one.row.claim && one.row.visitor.id !== visitor.id);
  expect(place).toBe(ahead.length + 1);
  await player.act({ type: 'back' });
  await player.until('the assistant', () => player.state.view?.status === 'open');
});

test('Try the detector: a request for a person escalates by its rule, with the words that were heard', async () => {
  const turn = turnOf(await tryIt({ text: 'I want to talk to a human' }));
  expect(turn).toMatchObject({ action: 'escalate', trigger: 'request', reasons: [{ code: 'request', evidence: expect.stringContaining('human') }], signals: { request: { strength: 'explicit' } }, problem: null, engine: 'embedded' });
  expect(turnOf(await tryIt({ text: 'I want to talk to a human', handoff: handoff({ mode: 'button' }) })).action).toBe('point');
  expect(turnOf(await tryIt({ text: 'I want to talk to a human', handoff: handoff({ enabled: false }) })).action).toBe('decline');
});

test('Try the detector: an answer comes with its source, the ranking and the time it took', async () => {
  const { lines } = await tryIt({ text: 'How much is shipping?' });
  const turn = must(lines[0]?.turn, 'the turn');
  expect(turn.action).toBe('answer');
  const source = must(turn.reply?.sources[0], 'a source');
  expect(lines[0]?.shown).toMatchObject([{ kind: 'said', text: turn.reply?.text, sources: [{ id: source.id, title: source.title }] }]);
  expect(turn.explained?.ranked[0]).toMatchObject({ id: source.id, title: source.title });
  const scores = must(turn.explained, 'the ranking').ranked.map(({ score }) => score);
  expect(Math.max(...scores)).toBeLessThanOrEqual(1);
  expect(turn.tookMs).toBeGreaterThan(0);
});

test('Try the detector: earlier lines are played through the meter; two misses make an offer, and the conversation of a team gets no bot', async () => {
  const misses = ['Do you lease industrial espresso machines?', 'Can parrots be insured at your branch in Lisbon?'];
  const [first, second] = (await tryIt({ earlier: [misses[0]!], text: misses[1]! })).lines;
  expect(first?.turn).toMatchObject({ action: 'clarify', before: { evidence: 0 }, after: { evidence: 1 } });
  expect(second?.turn).toMatchObject({ action: 'offer', reasons: [{ code: 'miss', count: 2 }], before: { evidence: 1 }, after: { offer: expect.anything() } });
  expect(second?.shown.at(-1)).toMatchObject({ kind: 'said', offer: { answer: null } });
  // As live, with the offer that stands: yes is yes.
  expect((await tryIt({ earlier: misses, text: 'yes please' })).lines.at(-1)?.turn).toMatchObject({ action: 'escalate', trigger: 'offer' });
  const after = await tryIt({ earlier: ['I want to talk to a human'], text: 'How much is shipping?' });
  expect(after.lines.map(({ turn }) => turn?.action ?? null)).toEqual(['escalate', null]);
  expect(after.lines[1]?.shown).toEqual([]);
});

test('Try the detector: unsaved words of the admin count, and are not saved by it', async () => {
  const text = 'My lawyer will hear of this shipping cost';
  const policies = [{ words: 'lawyer', act: 'escalate' as const }];
  expect(turnOf(await tryIt({ text, detection: { falseReject: 0.15, policies } }))).toMatchObject({ action: 'escalate', trigger: 'policy', signals: { policyHits: [{ words: 'lawyer', act: 'escalate' }] } });
  expect(turnOf(await tryIt({ text })).signals.policyHits).toEqual([]);
});

test('Try the detector writes nothing and tells nobody', async () => {
  const head = async (): Promise<number> => ((await (await fetch(`${companion.url}/healthz`)).json()) as { head: number }).head;
  const before = await head();
  await tryIt({ earlier: ['hello', 'Do you lease tanks?'], text: 'agent please' });
  expect(await head()).toBe(before);
});

test('Try the detector refuses what is no message, in words', async () => {
  for (const body of [{}, { text: '   ' }, { text: 'x'.repeat(4_001) }, { text: 'a', earlier: Array.from({ length: 11 }, () => 'b') }, { text: 'a', detection: { falseReject: 2, policies: [] } }]) expect((await post('/api/bots/pinewood/try', body)).status).toBe(400);
  expect((await post('/api/bots/none/try', { text: 'a' })).status).toBe(404);
});
