import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#lib/base/must.ts';
import { uuid } from '#lib/base/uuid.ts';
import { ReplayLine, type Difference, type ReplayedConversation, type ReplaySummary } from '#lib/protocol/replay.ts';
import type { BotSettings, Policy } from '#lib/protocol/settings.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { startModelServer, streams, type ModelServer } from '../support/model-server.ts';
import { connectRole, connectVisitor, type AgentClient, type VisitorClient } from '../support/socket-client.ts';

/** Of an embeddings endpoint that is slow, ms a text. */
const SLOW_MS = 30;
let companion: TestCompanion;
let model: ModelServer;
let admin: AgentClient, lead: AgentClient, agent: AgentClient;
let embedder: { baseUrl: string; host: string; asked: () => number; close: () => Promise<unknown> };
beforeAll(async () => {
  model = await startModelServer();
  embedder = await startSlowEmbedder();
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off', OUTGOING_HOSTS: `${model.host},${embedder.host}` });
  [admin, lead, agent] = await Promise.all([connectRole(companion, 'admin'), connectRole(companion, 'lead'), connectRole(companion, 'agent')]);
});
afterAll(() => Promise.all([companion?.close(), model?.close(), embedder?.close()]));

async function startSlowEmbedder(): Promise<typeof embedder> {
  let asked = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => { body += String(piece); });
    request.on('end', () => {
      const { input } = JSON.parse(body) as { input: string[] };
      asked += 1;
      const answer = JSON.stringify({ data: input.map((_, index) => ({ index, embedding: [1, index % 7] })) });
      setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(answer), SLOW_MS);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, baseUrl: `http://${host}/v1`, asked: () => asked, close: () => { server.close(); server.closeAllConnections(); return once(server, 'close'); } };
}

const as = ({ device }: AgentClient): Record<string, string> => ({ authorization: `Bearer ${device.token}`, origin: device.origin, 'content-type': 'application/json' });
const post = (body: unknown, bot: string, by = lead, signal?: AbortSignal): Promise<Response> => fetch(`${companion.url}/api/bots/${bot}/replay`, { method: 'POST', headers: as(by), body: JSON.stringify(body), ...(signal ? { signal } : {}) });
interface Replay { by: string; of: number; conversations: ReplayedConversation[]; summary: ReplaySummary }
async function replay(body: unknown, bot: string, by = lead): Promise<Replay> {
  const response = await post(body, bot, by);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
  const lines = (await response.text()).trim().split('\n').map((line) => ReplayLine.parse(JSON.parse(line)));
  const [first, last] = [lines[0], lines.at(-1)];
  if (first?.type !== 'began' || last?.type !== 'summary') throw new Error(`Not a whole replay: ${JSON.stringify([first, last])}`);
  return { by: first.by, of: first.of, conversations: lines.filter((one): one is ReplayedConversation => one.type === 'conversation'), summary: last };
}
const detection = (falseReject: number, policies: Policy[] = []) => ({ detection: { falseReject, policies } });
const listed = ({ conversations }: Replay): [Difference['kind'], string][] => conversations.flatMap(({ differences }) => differences.map(({ kind, text }): [Difference['kind'], string] => [kind, text]));

const SETTINGS: BotSettings = { name: 'Boathouse (demo)', greeting: '', sites: ['*'], handoff: { enabled: true, mode: 'both', offlineMessage: '', agentLabel: '', keepOn: false } };
const FAQ = [['When do you open?', 'From nine to five.'], ['Do you rent kayaks?', 'Yes, 40 euros a day from the blue boathouse.'], ['Do you repair sails?', 'Most repairs take a week.']].map(([question, answer]) => ({ question, answer }));
/** Told to everybody when this is done, the companion's own reader included. */
async function save(botId: string, baseSeq: number, settings: Partial<BotSettings>): Promise<void> {
  expect(await admin.command({ type: 'bot.save', botId, baseSeq, settings: { ...SETTINGS, ...settings }, force: true })).toMatchObject({ type: 'ack' });
  await admin.until('the saved bot', () => { const row = admin.rows.get(botId)?.row; return row && row.seq > baseSeq && 'sites' in row && row.sites.length > 0; });
}
async function freshBot(settings: Partial<BotSettings> = {}): Promise<string> {
  const botId = uuid();
  await admin.command({ type: 'bot.add', botId, name: 'Boathouse (demo)' });
  const { row } = await admin.until('the new bot', () => admin.rows.get(botId));
  await save(botId, row.seq, settings);
  await admin.command({ type: 'availability.set', botIds: [botId], on: true });
  const added = await fetch(`${companion.url}/api/bots/${botId}/knowledge`, { method: 'POST', headers: as(admin), body: JSON.stringify({ faq: FAQ }) });
  expect(await added.json()).toMatchObject({ added: FAQ.map(() => expect.anything() as unknown), refused: [] });
  return botId;
}
async function chat(botId: string, lines: readonly string[]): Promise<VisitorClient> {
  const visitor = await connectVisitor(companion.url, { botId });
  for (const line of lines) {
    const told = visitor.lines().length + 1;
    await visitor.say(line);
    await visitor.until(`something after “${line}”`, () => visitor.lines().length > told);
  }
  return visitor;
}
const MISS = ['Can parrots be insured at your branch in Lisbon?', 'Do you lease industrial espresso machines?'] as const;
const past = async (botId: string): Promise<VisitorClient[]> => [
  await chat(botId, ['Do you rent kayaks?', 'My lawyer will hear of this']), await chat(botId, [MISS[0], MISS[1]]),
  await chat(botId, ['I want to talk to a human']), await chat(botId, ['Do you repair sails?']),
];
/** Everything a replay could have changed. */
async function everything(botId: string): Promise<unknown> {
  const get = async (path: string): Promise<unknown> => (await fetch(companion.url + path, { headers: as(admin) })).json();
  const list = await get(`/api/conversations?botId=${botId}`) as { conversations: { id: string }[] };
  const { head } = await get('/healthz') as { head: number };
  return { list, head, turns: await Promise.all(list.conversations.map(({ id }) => get(`/api/conversations/${id}/turns`))), audit: await get('/api/audit') };
}

test('more sensitive settings give exactly the differences they make, one by one; nothing of it is kept and nobody is told', async () => {
  const botId = await freshBot();
  await past(botId);
  await connectVisitor(companion.url, { botId }); // says nothing
  const [before, frames] = [await everything(botId), admin.history.length];
  const done = await replay(detection(0.15, [{ words: 'lawyer', act: 'escalate' }, { words: 'parrots', act: 'offer' }, { words: 'sails', act: 'offer' }]), botId);
  expect(listed(done)).toEqual([['offer', 'Do you repair sails?'], ['sooner', MISS[0]], ['escalate', 'My lawyer will hear of this']]);
  expect(done).toMatchObject({ by: 'rerun', of: 4, summary: { replayed: 4, skipped: 0, turns: 6, isComplete: true, saved: { offered: 1, escalated: 1 }, changed: { offered: 2, escalated: 2 }, kinds: { offer: 1, escalate: 1, sooner: 1, later: 0, no_offer: 0, no_escalate: 0, answer: 0 } } });
  const difference = must(done.conversations.flatMap(({ differences }) => differences).find(({ kind }) => kind === 'escalate'), 'the escalation');
  expect(difference).toMatchObject({ index: 3, on: 'line', saved: { action: 'clarify', before: { evidence: 0 }, after: { evidence: 1 } }, changed: { action: 'escalate', trigger: 'policy', reasons: [{ code: 'policy', evidence: 'lawyer' }] }, really: { action: 'clarify' } });
  expect(must(done.conversations.find(({ turns }) => turns.length === 2 && turns[1]?.really === 'offer'), 'the offer').turns).toMatchObject([{ index: 1, really: 'clarify', saved: 'clarify', changed: 'offer' }, { index: 3, really: 'offer', saved: 'offer', changed: 'clarify' }]);
  expect(await everything(botId)).toEqual(before);
  // Only pongs came: a change would have been told before the answer to what is asked now.
  await admin.command({ type: 'conversation.claim', conversationId: 'none' });
  expect(admin.history.slice(frames).filter(({ type }) => type === 'feed')).toEqual([]);
});

test('the other way round: a mode that offers nobody anything lists what would be lost', async () => {
  const botId = await freshBot();
  await past(botId);
  const done = await replay({ handoff: { ...SETTINGS.handoff, mode: 'button' } }, botId);
  expect(listed(done)).toEqual([['no_escalate', 'I want to talk to a human'], ['no_offer', MISS[1]]]);
  expect(done.conversations.flatMap(({ differences }) => differences.map(({ changed }) => changed?.action))).toEqual(['point', 'answer']);
});

test('a slider moved towards sooner never makes the bot surer, and one that was not moved changes nothing', async () => {
  const differences = (await replay(detection(0.5), 'pinewood')).conversations.flatMap((one) => one.differences);
  expect(differences.length).toBeGreaterThan(0);
  for (const { saved, changed } of differences) expect(must(changed, 'the change').signals.answerable).toBeLessThan(must(saved, 'the saved').signals.answerable);
  expect(listed(await replay(detection(0.15), 'pinewood'))).toEqual([]);
  expect(listed(await replay({}, 'pinewood'))).toEqual([]);
});

test('a declined offer, a thumb and the return from the team are played as they were', async () => {
  const botId = await freshBot();
  const visitor = await chat(botId, [MISS[0], MISS[1]]);
  const offer = must(visitor.lines().findLast((one) => one.kind === 'said' && one.offer), 'the offer');
  expect(await visitor.act({ type: 'offer', messageId: offer.id, accept: false })).toMatchObject({ type: 'ack' });
  await visitor.ask('Do you lease tanks?');
  await visitor.ask('Do you repair sails?');
  expect(await visitor.act({ type: 'feedback', messageId: must(visitor.lines().at(-1), 'the answer').id, value: 'down' })).toMatchObject({ type: 'ack' });
  await visitor.say('I want to talk to a human');
  const { id } = await admin.conversation(visitor, ({ status }) => status === 'escalated');
  await admin.command({ type: 'conversation.claim', conversationId: id });
  await visitor.say('My lawyer will hear of this');
  await admin.command({ type: 'conversation.return', conversationId: id });
  await visitor.until('the return', () => visitor.state.view?.status === 'open');
  await visitor.ask('My lawyer will hear of this');
  const done = await replay(detection(0.15, [{ words: 'lawyer', act: 'offer' }]), botId);
  const [one] = done.conversations;
  expect(one?.turns.map(({ really }) => really)).toEqual(one?.turns.map(({ saved }) => saved));
  expect(one?.turns).toHaveLength(6);
  expect(one?.differences.map(({ kind, index }) => [kind, index])).toEqual([['offer', one?.turns.at(-1)?.index]]);
});

test('conversations the bot took no line of, and what was tried in the Playground, are not replayed; `newest` bounds the rest', async () => {
  const botId = await freshBot();
  expect(await replay({}, botId)).toMatchObject({ of: 0, summary: { replayed: 0, isComplete: true } });
  const visitor = await connectVisitor(companion.url, { botId });
  await visitor.act({ type: 'escalate' });
  await visitor.say('Only the team reads this');
  const player = await connectVisitor(companion.url, { botId, channel: 'playground', origin: lead.device.origin });
  await player.ask('Do you repair sails?');
  await past(botId);
  expect(await replay({}, botId)).toMatchObject({ of: 5, summary: { replayed: 4, skipped: 1 } });
  expect((await replay({ newest: 2 }, botId)).conversations.map(({ turns }) => turns.length)).toEqual([1, 1]);
  const { botId: bot, visitor: { id: visitorId } } = await admin.conversation(visitor);
  expect(await admin.command({ type: 'visitor.delete', botId: bot, visitorId })).toMatchObject({ type: 'ack' });
  expect(await replay({}, botId)).toMatchObject({ of: 4, summary: { skipped: 0 } });
});

test('a chat model is not asked again: what it found then is judged once more, and the slider changes nothing', async () => {
  model.script(streams({ answer: 'It takes a week.' }));
  const botId = await freshBot({ engine: { kind: 'model', baseUrl: model.baseUrl, model: 'scripted', instructions: '' }, detection: { falseReject: 0.15, policies: [{ words: 'sinking', act: 'escalate' }], embedder: null } });
  await chat(botId, ['Do you repair sails?', 'My lawyer will hear of this']);
  await chat(botId, ['My boat is sinking']);
  const asked = model.requests.length;
  expect(asked).toBeGreaterThan(0);
  const done = await replay(detection(0.5, [{ words: 'lawyer', act: 'offer' }]), botId);
  expect(done).toMatchObject({ by: 'recorded', summary: { replayed: 2 } });
  expect(listed(done)).toEqual([['no_escalate', 'My boat is sinking'], ['offer', 'My lawyer will hear of this']]);
  expect(done.conversations[0]?.differences[0]?.changed).toMatchObject({ action: 'answer', assumed: true });
  expect(done.conversations[1]?.turns[0]).toMatchObject({ really: 'answer', saved: 'answer', changed: 'answer' });
  expect(model.requests.length).toBe(asked);
});

test('a replay ends when whoever asked goes away', async () => {
  const botId = await freshBot();
  for (let at = 0; at < 20; at += 1) await chat(botId, [`Do you repair sail number ${at}?`]);
  await save(botId, must(admin.rows.get(botId), 'the bot').row.seq, { detection: { falseReject: 0.15, policies: [], embedder: { baseUrl: embedder.baseUrl, model: 'slow' } } });
  await replay({ newest: 1 }, botId);
  const [away, start] = [new AbortController(), embedder.asked()];
  const response = await post(detection(0.5), botId, lead, away.signal);
  const reader = must(response.body, 'a body').getReader();
  for (let told = ''; !told.includes('"done":2');) told += new TextDecoder().decode((await reader.read()).value);
  away.abort();
  // Two for each line: the slider differs. An abandoned replay would go on beside this one.
  const whole = await replay(detection(0.5), botId, admin);
  expect(whole.summary).toMatchObject({ replayed: 20, isComplete: true });
  const left = embedder.asked() - start - 40;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(20);
});

test('a newer replay of the same person takes the place of the older one', async () => {
  const response = await post({}, 'pinewood');
  const reader = must(response.body, 'a body').getReader();
  await reader.read();
  await replay({}, 'pinewood');
  let told = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) told += new TextDecoder().decode(part.value);
  expect(told).toMatch(/"failed".*took its place|"summary"/);
});

test('agents may not, and what is no request is refused in words', async () => {
  expect((await post({}, 'pinewood', agent)).status).toBe(403);
  for (const body of [{ newest: 0 }, { newest: 501 }, { detection: { falseReject: 2, policies: [] } }, { handoff: {} }]) expect((await post(body, 'pinewood')).status).toBe(400);
  expect((await post({}, 'none')).status).toBe(404);
});
