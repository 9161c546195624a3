import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#lib/base/must.ts';
import { AgentDown, CLOSE } from '#lib/protocol/agent.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { addMember, codeFor, connect, connectAgent, connectRole, connectVisitor, EXTENSION, pair, postPair, type AgentClient, type Client, type Device } from '../support/socket-client.ts';

let companion: TestCompanion;
let admin: AgentClient;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  admin = await connectRole(companion, 'admin');
});
afterAll(() => companion?.close());

/** Time passes for what the companion keeps: the test writes into its database. */
function inDatabase(text: string, ...values: (string | number)[]): void {
  const file = must(readdirSync(companion.data, { recursive: true }).map(String).find((name) => /\.(db|sqlite)$/.test(name) && !name.includes('lock')), 'database file');
  const db = new DatabaseSync(join(companion.data, file));
  db.exec('pragma busy_timeout = 5000');
  expect(db.prepare(text).run(...values).changes).toBe(1);
  db.close();
}
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const age = (token: string, ms: number): void => inDatabase("update device set body = json_set(body, '$.rotatedAt', ?) where token_hash = ? or previous_hash = ?", Date.now() - ms, hashOf(token), hashOf(token));
async function raw(token: string, origin = EXTENSION): Promise<Client<AgentDown>> {
  const client = await connect(companion.url, 'agent', AgentDown, origin);
  client.send({ type: 'hello', version: PROTOCOL_VERSION, token, cursor: null, workerId: 'test' });
  return client;
}
const httpStatus = async ({ token, origin }: Device): Promise<number> => (await fetch(`${companion.url}/api/conversations`, { headers: { authorization: `Bearer ${token}`, origin } })).status;

test('a revoked member loses every socket of every browser within a second, and every token and code of theirs is dead', async () => {
  const gone = await addMember(companion.url, admin, 'Two browsers', 'lead');
  const laptop = await pair(companion.url, await codeFor(admin, gone.memberId), 'moz-extension://11111111-2222-3333-4444-555555555555');
  const unused = await codeFor(admin, gone.memberId);
  const sockets = [gone, await connectAgent(companion.url, gone.device), await connectAgent(companion.url, laptop), await connectAgent(companion.url, laptop)];
  const bystander = await addMember(companion.url, admin, 'Bystander', 'agent');
  const began = performance.now();
  await admin.command({ type: 'member.revoke', memberId: gone.memberId });
  expect((await Promise.all(sockets.map(({ closed }) => closed))).map(({ code }) => code)).toEqual(sockets.map(() => CLOSE.revoked));
  expect(performance.now() - began).toBeLessThan(1_000);
  for (const device of [gone.device, laptop]) {
    expect(await (await raw(device.token, device.origin)).closed).toMatchObject({ code: CLOSE.revoked });
    expect(await httpStatus(device)).toBe(401);
  }
  expect((await postPair(companion.url, unused)).status).toBe(403);
  expect(bystander.isClosed()).toBe(false);
  expect(await httpStatus(bystander.device)).toBe(200);
});

test('a day-old token is exchanged at the next hello; the old one holds for the minute in which the new one may be lost', async () => {
  const agent = await addMember(companion.url, admin, 'Rotates', 'agent');
  expect(agent.history.find((frame) => frame.type === 'welcome')).not.toHaveProperty('token');
  age(agent.device.token, 25 * 3_600_000);
  const welcome = await (await raw(agent.device.token)).next('the welcome', (frame) => frame.type === 'welcome');
  const token = must('token' in welcome ? welcome.token : undefined, 'new token');
  for (const one of [agent.device.token, token]) expect(await httpStatus({ token: one, origin: EXTENSION })).toBe(200);
  expect(agent.isClosed()).toBe(false);
});

test.each(['a socket', 'HTTP'])('a copy of a token that was exchanged, used later over %s, kills the device: its open sockets within a second, its new token for good', async (over) => {
  const agent = await addMember(companion.url, admin, `Copied over ${over}`, 'agent');
  age(agent.device.token, 25 * 3_600_000);
  const owner = await raw(agent.device.token);
  const welcome = await owner.next('the welcome', (frame) => frame.type === 'welcome');
  const token = must('token' in welcome ? welcome.token : undefined, 'new token');
  age(token, 61_000);
  const began = performance.now();
  if (over === 'HTTP') expect(await httpStatus(agent.device)).toBe(401);
  else expect(await (await raw(agent.device.token)).closed).toMatchObject({ code: CLOSE.revoked });
  expect((await Promise.all([owner.closed, agent.closed])).map(({ code }) => code)).toEqual([CLOSE.revoked, CLOSE.revoked]);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(await (await raw(token)).closed).toMatchObject({ code: CLOSE.revoked });
  expect(await httpStatus({ token, origin: EXTENSION })).toBe(401);
  await companion.logged('A rotated token was used again');
  // The member is not punished for the copied browser: a new code lets them in.
  expect(await httpStatus(await pair(companion.url, await codeFor(admin, agent.memberId)))).toBe(200);
});

test('a device that another node found copied is shut out at its next ping', async () => {
  const agent = await addMember(companion.url, admin, 'Elsewhere', 'agent');
  inDatabase("update device set body = json_set(body, '$.revokedAt', ?) where token_hash = ?", Date.now(), hashOf(agent.device.token));
  agent.frame({ type: 'ping', seq: 0 });
  expect(await agent.closed).toMatchObject({ code: CLOSE.revoked });
});

test('a pairing code dies after its quarter of an hour, and is never worth two devices however many try at once', async () => {
  const { memberId } = await addMember(companion.url, admin, 'Codes', 'agent');
  const [late, raced] = [await codeFor(admin, memberId), await codeFor(admin, memberId)];
  inDatabase('update pairing_code set expires_at = ? where hash = ?', Date.now() - 1, hashOf(late.replace('-', '')));
  expect(await postPair(companion.url, late)).toMatchObject({ status: 403, body: { code: 'expired_code' } });
  const answers = await Promise.all(Array.from({ length: 20 }, () => postPair(companion.url, raced)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 403)]);
});

test('guessing a code is hopeless: tries of one address are few whatever it claims to be, and a code has 30 to the 8th forms', async () => {
  const strict = await startTestCompanion({ DEMO: '1' });
  try {
    const tries = await Promise.all(Array.from({ length: 60 }, async (_, at) => (await fetch(`${strict.url}/api/pair`, { method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `198.51.100.${at}`, forwarded: `for=198.51.100.${at}`, origin: EXTENSION }, body: JSON.stringify({ code: 'ZZZZ-ZZZZ', version: PROTOCOL_VERSION }) })).status));
    expect(tries.filter((status) => status === 403).length).toBeLessThanOrEqual(40);
    expect(tries.filter((status) => status === 429).length).toBeGreaterThanOrEqual(20);
    // 30 at once and one every 2 s while a code lives.
    expect((30 + 900 * 0.5) / 30 ** 8).toBeLessThan(1e-8);
  } finally { await strict.close(); }
});

test('web pages: no agent socket, no pairing, no answer of the API to read; extensions read the API and never the operator’s', async () => {
  await expect(connect(companion.url, 'agent', AgentDown, 'https://evil.example')).rejects.toThrow('403');
  expect((await postPair(companion.url, 'ZZZZ-ZZZZ', 'https://evil.example')).body.code).toBe('forbidden');
  const allowed = async (path: string, origin: string, method = 'OPTIONS'): Promise<string | null> => (await fetch(companion.url + path, { method, headers: { origin, 'access-control-request-method': 'GET' } })).headers.get('access-control-allow-origin');
  for (const path of ['/api/conversations', '/api/conversations.csv', '/api/pair', '/api/bots/pinewood/knowledge', '/api/audit', '/api/visitors/pinewood/none', '/healthz', '/metrics', '/api/operator/status']) {
    for (const method of ['OPTIONS', 'GET']) for (const origin of ['https://evil.example', companion.url, 'null']) expect(await allowed(path, origin, method), `${path} ${origin}`).toBeNull();
    const forExtensions = path.startsWith('/api/operator') || path === '/metrics' ? null : EXTENSION;
    expect(await allowed(path, EXTENSION), path).toBe(forExtensions);
  }
  // The visitor's door is for listed sites, which access.test.ts shows; it takes no agent.
  const visitor = await connectVisitor(companion.url);
  visitor.send({ type: 'command', id: 'x', command: { type: 'conversation.claim', conversationId: 'none' } });
  expect(await visitor.next('the refusal', (frame) => frame.type === 'error' || frame.type === 'nack')).toMatchObject({ type: 'nack' });
});
