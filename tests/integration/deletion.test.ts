import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY } from '#lib/base/time.ts';
import { must } from '#lib/base/must.ts';
import { uuid } from '#lib/base/uuid.ts';
import { openEmbeddedStore } from '#lib/companion/store/embedded.ts';
import { verifyAudit } from '#lib/companion/audit/chain.ts';
import { AgentDown, CLOSE } from '#lib/protocol/agent.ts';
import { AuditPage, type AuditEntry } from '#lib/protocol/audit.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { WorkspaceId } from '#lib/protocol/ids.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { addMember, connect, connectAgent, connectRole, connectVisitor, EXTENSION, pair, codeFor, type AgentClient, type Device, type VisitorClient } from '../support/socket-client.ts';

const CANARY = 'VIOLET-HERON';
let companion: TestCompanion;
let admin: AgentClient;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  admin = await connectRole(companion, 'admin');
});
afterAll(() => companion?.close());

const remove = (visitor: VisitorClient) => admin.command({ type: 'visitor.delete', botId: 'pinewood', visitorId: visitor.id });
const get = (path: string, { token, origin }: Device): Promise<Response> => fetch(companion.url + path, { headers: { authorization: `Bearer ${token}`, origin } });
const isGone = (client: AgentClient, id: string): boolean => client.history.some((frame) => frame.type === 'feed' && frame.rows.some((row) => row.kind === 'gone' && row.row.id === id));
async function talk(text = CANARY): Promise<{ visitor: VisitorClient; row: Conversation }> {
  const visitor = await connectVisitor(companion.url);
  await visitor.say(text);
  await visitor.act({ type: 'email', email: 'violet@example.com' });
  const row = await admin.conversation(visitor, (one) => one.email !== null);
  await admin.command({ type: 'note.add', conversationId: row.id, text: `${CANARY} note` });
  await admin.until('the note', () => [...admin.rows.values()].some((one) => one.kind === 'note' && one.row.conversationId === row.id));
  return { visitor, row };
}
async function auditLog(): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (let before = ''; ;) {
    const page = AuditPage.parse(await (await get(`/api/audit?limit=200${before}`, admin.device)).json());
    entries.push(...page.entries);
    if (!page.more) return entries.reverse();
    before = `&before=${page.entries.at(-1)!.n}`;
  }
}

test('who is there hears it at once; an agent who was away is told when they resume, and one who begins anew is told nothing', async () => {
  const away = await addMember(companion.url, admin, 'Away', 'agent');
  const { visitor, row } = await talk();
  await away.conversation(visitor, (one) => one.email !== null);
  const cursor = away.cursor();
  await away.close();
  expect(await remove(visitor)).toMatchObject({ type: 'ack' });
  await admin.until('the tombstone', () => isGone(admin, row.id));
  const back = await connectAgent(companion.url, away.device, cursor);
  expect(isGone(back, row.id)).toBe(true);
  expect(back.raw.join('\n')).not.toContain(CANARY);
  const anew = await connectAgent(companion.url, away.device);
  expect(anew.raw.join('\n')).not.toContain(row.id);
  expect(anew.raw.join('\n')).not.toContain(CANARY);
  await Promise.all([back.close(), anew.close()]);
});

test('the visitor’s open chat ends with words and a close code of its own; under the old id nothing begins again, under a new one it does', async () => {
  const { visitor, row } = await talk();
  const second = await connectVisitor(companion.url, { id: visitor.id, secret: visitor.secret });
  await remove(visitor);
  for (const one of [visitor, second]) {
    expect(await one.closed).toMatchObject({ code: CLOSE.deleted });
    expect(one.history.find((frame) => frame.type === 'error')).toMatchObject({ code: 'deleted', message: expect.stringContaining('deleted') });
  }
  await expect(connectVisitor(companion.url, { id: visitor.id, secret: visitor.secret })).rejects.toThrow();
  const anew = await connectVisitor(companion.url);
  await anew.ask('How much is shipping?');
  expect((await admin.conversation(anew)).id).not.toBe(row.id);
  await anew.close();
});

test('an agent whose reply waits while it is deleted is refused, and the bot that still thinks brings nothing back', async () => {
  const agent = await addMember(companion.url, admin, 'Slow', 'agent');
  const { visitor, row } = await talk('How much is shipping?');
  const [reply, , late] = await Promise.all([
    agent.command({ type: 'message.send', conversationId: row.id, text: `${CANARY} reply`, seen: 99, claim: true }), remove(visitor),
    agent.command({ type: 'note.add', conversationId: row.id, text: `${CANARY} note` }),
  ]);
  for (const answer of [reply, late]) if (answer.type === 'nack') expect(answer.refusal.code).toBe('not_found');
  expect(await agent.command({ type: 'message.send', conversationId: row.id, text: 'still there?', seen: 99, claim: true })).toMatchObject({ type: 'nack', refusal: { code: 'not_found' } });
  await agent.until('the tombstone', () => isGone(agent, row.id));
  agent.frame({ type: 'watch', conversationId: row.id, after: 0 });
  await agent.next('nothing to watch', (frame) => frame.type === 'messages' && frame.conversationId === row.id && frame.messages.length === 0);
  const found = await (await get(`/api/conversations?text=${CANARY}`, admin.device)).json() as { conversations: unknown[] };
  expect(found.conversations).toEqual([]);
  expect(companion.log()).not.toContain('"level":50');
  await agent.close();
});

test('a client of protocol 1, which does not know the word, forgets everything and holds what there is', async () => {
  const { visitor, row } = await talk();
  const device = await pair(companion.url, await codeFor(admin, must([...admin.rows.values()].find((one) => one.kind === 'member'), 'member').row.id));
  const greet = async (cursor: { epoch: string; seq: number } | null) => {
    const old = await connect(companion.url, 'agent', AgentDown, EXTENSION);
    old.send({ type: 'hello', version: 1, token: device.token, cursor, workerId: 'old' });
    await old.next('the whole first feed', (frame) => frame.type === 'feed' && !frame.more);
    return old;
  };
  const open = await greet(null);
  const before = admin.cursor();
  await remove(visitor);
  const reset = await open.until('everything anew', () => open.history.filter((frame) => frame.type === 'feed' && frame.reset === true).at(1));
  expect(JSON.stringify(reset)).not.toContain(row.id);
  const back = await greet(before);
  for (const one of [open, back]) expect(one.raw.join('\n')).not.toContain('"gone"');
  expect(back.history.some((frame) => frame.type === 'feed' && frame.reset === true)).toBe(true);
  await Promise.all([open.close(), back.close()]);
});

test('an export holds all that is kept of a visitor, team notes marked as such; after the deletion there is nothing', async () => {
  const { visitor, row } = await talk();
  await visitor.until('an answer', () => visitor.lines().some((line) => line.kind === 'said' && line.author.kind === 'bot'));
  const path = `/api/visitors/pinewood/${visitor.id}`;
  const response = await get(path, admin.device);
  expect(response.headers.get('content-disposition')).toContain('attachment');
  const file = await response.json() as { visitorId: string; conversations: (Conversation & { messages: { text?: string }[]; teamNotes: { text: string }[] })[] };
  expect(file).toMatchObject({ visitorId: visitor.id, bot: { id: 'pinewood' }, conversations: [{ id: row.id, email: { address: 'violet@example.com' }, teamNotes: [{ text: `${CANARY} note` }] }] });
  expect(file.conversations[0]?.messages.map(({ text }) => text)).toContain(CANARY);
  const lead = await connectRole(companion, 'lead');
  expect((await get(path, lead.device)).status).toBe(403);
  await remove(visitor);
  expect((await get(path, admin.device)).status).toBe(404);
  await lead.close();
});

test('the log tells who did it, is whole, and holds nothing of what was said, no address, no token and no code', async () => {
  const code = await codeFor(admin, must([...admin.rows.values()].find((one) => one.kind === 'member'), 'member').row.id);
  const device = await pair(companion.url, code);
  await (await get('/api/conversations.csv?text=violet', admin.device)).text();
  const { visitor } = await talk();
  await (await get(`/api/visitors/pinewood/${visitor.id}`, admin.device)).text();
  await remove(visitor);
  const log = await auditLog();
  expect(verifyAudit(log)).toMatchObject({ ok: true });
  const acts = log.map(({ what }) => what);
  for (const what of ['member.add', 'member.code', 'device.add', 'visitor.delete', 'visitor.export', 'conversations.export'] as const) expect(acts, what).toContain(what);
  const text = JSON.stringify(log);
  for (const secret of [CANARY, 'violet', '@', code, code.replace('-', ''), device.token, admin.device.token]) expect(text, secret).not.toContain(secret);
  expect(log.findLast(({ what }) => what === 'device.add')).toMatchObject({ after: { origin: EXTENSION } });
  const lead = await connectRole(companion, 'lead');
  expect((await get('/api/audit', lead.device)).status).toBe(403);
  expect((await get('/api/audit?limit=0', admin.device)).status).toBe(400);
  await lead.close();
});

test('what is past its time goes by the clock, with a tombstone; what is open stays', { timeout: 60_000 }, async () => {
  const own = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  try {
    await own.stop();
    // Written as if long ago: no test can wait for a day.
    const store = await openEmbeddedStore({ dir: own.data });
    const then = Date.now() - 40 * DAY;
    const base = (at: number) => ({ workspaceId: 'main' as WorkspaceId, id: uuid(), now: at, connected: [] });
    const ids: string[] = [];
    for (const isFinished of [true, false]) {
      const visitor = { visitorId: uuid() as never, secretHash: randomBytes(8).toString('hex'), botId: 'pinewood' as never, channel: 'widget' as const, page: null, language: null };
      const id = uuid();
      const said = await store.commit({ ...base(then), id, kind: 'visitor', visitor, act: { type: 'visitor.message', id: id as never, text: CANARY } });
      const conversationId = must(said.ok ? said.conversation : null, 'conversation').id;
      ids.push(conversationId);
      if (isFinished) await store.commit({ ...base(then), kind: 'conversation', conversationId, what: { by: 'member', actor: { id: 'x' as never, name: 'X', role: 'lead' }, act: { type: 'conversation.resolve', conversationId } } });
    }
    await store.close();
    await own.start();
    const boss = await connectRole(own, 'admin');
    const workspace = must([...boss.rows.values()].find((one) => one.kind === 'workspace'), 'workspace').row as unknown as Record<string, unknown>;
    const { id: _, seq: __, ...settings } = workspace;
    const save = (deleteAfterMs: number) => ({ type: 'workspace.save', settings: { ...settings, deleteAfterMs } });
    boss.send({ type: 'command', id: uuid(), command: save(1_000) });
    expect(await boss.next('a refusal', (frame) => frame.type === 'nack')).toMatchObject({ refusal: { code: 'malformed', message: expect.stringContaining('at least a day') } });
    expect(await boss.command(save(30 * DAY))).toMatchObject({ type: 'ack' });
    await boss.until('the tombstone', () => isGone(boss, ids[0]!));
    expect(isGone(boss, ids[1]!)).toBe(false);
    const kept = await (await fetch(`${own.url}/api/conversations?text=${CANARY}`, { headers: { authorization: `Bearer ${boss.device.token}`, origin: EXTENSION } })).json() as { conversations: Conversation[] };
    expect(kept.conversations.map(({ id }) => id)).toEqual([ids[1]]);
  } finally {
    await own.close();
  }
});
