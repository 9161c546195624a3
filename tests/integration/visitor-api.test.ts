import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#lib/base/must.ts';
import { uuid } from '#lib/base/uuid.ts';
import { HttpError } from '#lib/protocol/http.ts';
import { VisitorPoll, VisitorPosted, type VisitorPost } from '#lib/protocol/visitor-api.ts';
import { ROOT } from '#lib/start/paths.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { connectRole, connectVisitor, type AgentClient } from '../support/socket-client.ts';

let companion: TestCompanion;
let agent: AgentClient;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  agent = await connectRole(companion, 'lead');
}, 60_000);
afterAll(() => companion?.close());

/** A visitor without a socket. */
function visitor(base = companion.url) {
  const [id, secret] = [uuid(), randomBytes(32).toString('base64url')];
  const headers = { authorization: `Visitor ${id}:${secret}`, origin: base, 'content-type': 'application/json' };
  const post = async (command: Record<string, unknown> & { type: VisitorPost['type'] }, more: Record<string, string> = {}) => {
    const response = await fetch(`${base}/api/visitor/pinewood/commands`, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify({ id: uuid(), ...command }) });
    const body: unknown = await response.json();
    return { status: response.status, body: response.ok ? VisitorPosted.parse(body) : HttpError.parse(body) };
  };
  const get = (after = 0, wait = 0, more: Record<string, string> = {}) => fetch(`${base}/api/visitor/pinewood/messages?after=${after}&wait=${wait}`, { headers: { ...headers, ...more } });
  const poll = async (after = 0, wait = 0): Promise<VisitorPoll> => VisitorPoll.parse(await (await get(after, wait)).json());
  return { id, secret, post, get, poll };
}
const texts = (poll: VisitorPoll): string[] => poll.messages.map((one) => (one.kind === 'said' ? one.text : one.what.type));

test('a conversation from first word to a person’s reply, over HTTP alone', async () => {
  const ana = visitor();
  expect(await ana.poll()).toMatchObject({ conversation: null, from: 0, to: 0, messages: [], bot: { id: 'pinewood' } });
  expect(await ana.post({ type: 'message', text: 'How long does shipping take?', page: { url: 'https://shop.example/', title: 'Shop' }, language: 'en' })).toMatchObject({ status: 200, body: { message: { index: 1, text: 'How long does shipping take?' } } });
  const own = await ana.poll();
  const answered = own.messages.length > 1 ? own : await ana.poll(own.to, 20);
  expect(texts(answered).at(-1)).toContain('2 to 4 working days');
  const row = await agent.conversation(ana);
  expect(row).toMatchObject({ channel: 'api', page: { title: 'Shop' }, visitor: { language: 'en' } });
  await ana.post({ type: 'escalate' });
  const asked = await ana.poll(answered.to, 20);
  expect(asked.conversation).toMatchObject({ status: 'escalated', floor: 'team', waiting: { place: expect.any(Number) } });
  const waits = ana.poll(asked.to, 20);
  await agent.command({ type: 'message.send', conversationId: row.id, text: 'Hello, this is a person.', seen: 99, claim: true });
  const joined = await waits;
  expect(texts(joined)).toEqual(['joined', 'Hello, this is a person.']);
  // Colleagues have names, visitors see the label.
  const { claim } = await agent.conversation(ana, (one) => one.claim !== null);
  expect(JSON.stringify(joined)).not.toContain(claim?.name);
});

test('the same id is done once, over HTTP and the socket together; the socket goes on where HTTP left off', async () => {
  const ana = visitor();
  const id = uuid();
  const again = () => ana.post({ type: 'message', id, text: 'Only once' });
  expect((await Promise.all([again(), again()])).map(({ status }) => status)).toEqual([200, 200]);
  const socket = await connectVisitor(companion.url, ana);
  expect(await socket.say('Only once', id)).toMatchObject({ type: 'ack' });
  expect(await ana.post({ type: 'message', id, text: 'Something else' })).toMatchObject({ status: 409, body: { code: 'id_reused' } });
  expect(socket.lines().filter((one) => one.kind === 'said' && one.author.kind === 'visitor')).toHaveLength(1);
});

test('a wait ends with the first news, not before, and at its time without any', async () => {
  const ana = visitor();
  await ana.post({ type: 'email', email: 'ana@example.com' });
  const held = await ana.poll(0, 5);
  const began = performance.now();
  expect((await ana.poll(held.to, 1)).messages).toEqual([]);
  expect(performance.now() - began).toBeGreaterThan(900);
  const waits = ana.poll(held.to, 20);
  const other = visitor();
  await other.post({ type: 'message', text: 'Not mine' });
  await ana.post({ type: 'message', text: 'Mine' });
  expect(texts(await waits)).toEqual(['Mine']);
});

test('who may not is told so: no header, another’s secret, another site, an unknown bot, what cannot be read', async () => {
  const ana = visitor();
  await ana.post({ type: 'message', text: 'hello' });
  const status = async (response: Response) => [response.status, HttpError.parse(await response.json()).code];
  expect(await status(await ana.get(0, 0, { authorization: `Bearer ${ana.secret}` }))).toEqual([401, 'unauthenticated']);
  const thief = { authorization: `Visitor ${ana.id}:${'b'.repeat(43)}` };
  expect(await status(await ana.get(0, 0, thief))).toEqual([401, 'wrong_secret']);
  expect(await ana.post({ type: 'message', text: 'stolen' }, thief)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect(await status(await fetch(`${companion.url}/api/visitor/none/messages`, { headers: { authorization: `Visitor ${ana.id}:${ana.secret}` } }))).toEqual([404, 'not_found']);
  expect(await status(await ana.get(0, 26))).toEqual([400, 'malformed']);
  expect(await ana.post({ type: 'message', text: 'x'.repeat(4_001) })).toMatchObject({ status: 400, body: { code: 'too_long' } });
  expect(await ana.post({ type: 'nonsense' as never })).toMatchObject({ status: 400, body: { code: 'malformed' } });
  expect(await ana.post({ type: 'message', text: 'x'.repeat(70_000) })).toMatchObject({ status: 413 });
});

test('only a site that the bot lists may call from a page, and it is told so by CORS', async () => {
  const admin = await connectRole(companion, 'admin');
  const botId = uuid();
  await admin.command({ type: 'bot.add', botId, name: 'Listed' });
  const { row } = await admin.until('the new bot', () => admin.rows.get(botId));
  await admin.command({ type: 'bot.save', botId, baseSeq: row.seq, settings: { name: 'Listed', greeting: '', sites: ['https://shop.example'], handoff: { enabled: false, mode: 'both', offlineMessage: '', agentLabel: '', keepOn: false } } });
  const ask = (origin: string, method = 'GET') => fetch(`${companion.url}/api/visitor/${botId}/messages`, { method, headers: { origin, authorization: `Visitor ${uuid()}:${'a'.repeat(43)}` } });
  const [listed, other, early, strange] = [await ask('https://shop.example'), await ask('https://other.example'), await ask('https://shop.example', 'OPTIONS'), await ask('https://other.example', 'OPTIONS')];
  expect([listed.status, listed.headers.get('access-control-allow-origin')]).toEqual([200, 'https://shop.example']);
  expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  expect([early.status, early.headers.get('access-control-allow-headers')]).toEqual([204, 'authorization, content-type']);
  expect(strange.headers.get('access-control-allow-origin')).toBeNull();
});

test('a deleted visitor is told so, also one who waits', async () => {
  const ana = visitor();
  await ana.post({ type: 'message', text: 'forget me' });
  await agent.conversation(ana, (row) => row.owed === null);
  const held = await ana.poll();
  const waits = ana.get(held.to, 20);
  const admin = await connectRole(companion, 'admin');
  await admin.command({ type: 'visitor.delete', botId: 'pinewood', visitorId: ana.id });
  expect((await waits).status).toBe(410);
  expect(await ana.post({ type: 'message', text: 'again' })).toMatchObject({ status: 410 });
});

test('with limits on, a visitor who writes too fast is slowed down, and a request for a person is not', async () => {
  const strict = await startTestCompanion({ DEMO: '1' });
  try {
    const ana = visitor(strict.url);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => ana.post({ type: 'message', text: `line ${at}` })));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(13);
    expect(answers.some(({ status, body }) => status === 429 && 'code' in body && body.code === 'rate_limited')).toBe(true);
    expect((await ana.post({ type: 'escalate' })).status).toBe(200);
  } finally { await strict.close(); }
}, 60_000);

test('the program in the documentation runs as it stands there', async () => {
  const page = await readFile(join(ROOT, '.github/VISITOR-API.md'), 'utf8');
  const program = must(/```js\n([^]*?)```/.exec(page)?.[1], 'program').replace('http://127.0.0.1:8787', companion.url);
  expect(program).toContain(companion.url);
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let said = '';
    for await (const part of child.stdout.setEncoding('utf8')) if ((said += String(part)).includes('2 to 4 working days')) break;
    expect(said).toContain('How long does shipping take?\nStandard shipping takes 2 to 4 working days');
  } finally { child.kill(); }
});

test('the types are served', async () => {
  const response = await fetch(`${companion.url}/widget/visitor-api.d.ts`);
  expect([response.status, (await response.text()).includes('export type Down')]).toEqual([200, true]);
});
