import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { AgentDown, CLOSE } from '#lib/protocol/agent.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { codeFor, connect, connectAgent, connectRole, connectVisitor, EXTENSION, postPair, type AgentClient } from '../support/socket-client.ts';

let companion: TestCompanion;
let admin: AgentClient;
beforeEach(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  admin = await connectRole(companion, 'admin');
});
afterEach(() => companion?.close());
/** Changes the store while no companion runs. */
function inStore(sql: string): void {
  const database = new DatabaseSync(join(companion.data, 'baton.db'));
  database.exec(sql);
  database.close();
}
const rowsOf = (agent: AgentClient) => [...agent.rows.values()].map((one) => one.row).toSorted((a, b) => (a.id < b.id ? -1 : 1));

test('after SIGKILL: what was acked is there once and in order, what was not arrives once with the same id, and cursors resume', async () => {
  const visitor = await connectVisitor(companion.url);
  await visitor.act({ type: 'escalate' });
  const { id } = await admin.conversation(visitor);
  await admin.command({ type: 'conversation.claim', conversationId: id });
  const sent = Array.from({ length: 60 }, (_, at) => ({ id: uuid(), text: `line ${at}` }));
  for (const one of sent) visitor.send({ type: 'message', ...one });
  const acked = () => new Set(visitor.history.flatMap((frame) => (frame.type === 'ack' ? [frame.id] : [])));
  await visitor.until('some acks', () => acked().size > 10);
  await companion.kill();
  await Promise.all([visitor.closed, admin.closed]);
  await companion.start();

  const again = await connectVisitor(companion.url, { id: visitor.id, secret: visitor.secret });
  const kept = new Set(again.state.messages.keys());
  for (const one of sent) if (acked().has(one.id)) expect(kept.has(one.id), one.text).toBe(true);
  // Who asks again is given what is there; what is new comes by the feed like everything else.
  for (const one of sent) expect(await again.say(one.text, one.id)).toMatchObject(kept.has(one.id) ? { type: 'ack', message: { id: one.id } } : { type: 'ack' });
  await again.until('every line', () => sent.every((one) => again.state.messages.has(one.id)));
  const lines = again.lines().filter((line) => line.kind === 'said' && line.author.kind === 'visitor');
  expect(lines.map((line) => line.id)).toEqual(sent.map((one) => one.id));
  expect(again.lines().map((line) => line.index)).toEqual(again.lines().map((_, at) => at + 1));

  // When the kill came late, the admin had heard all of it: one more line, so that there is something to resume.
  await again.say('after the restart');
  const resumed = await connectAgent(companion.url, admin.device, admin.cursor());
  expect(resumed.history.some((frame) => frame.type === 'feed' && frame.reset)).toBe(false);
  expect(await resumed.conversation(visitor, (row) => row.messageCount === again.lines().length)).toMatchObject({ claim: { name: 'You' } });
});

test('SIGTERM: everyone is told to come back, what was begun ends, and the companion ends with 0', async () => {
  const visitor = await connectVisitor(companion.url);
  await visitor.say('Hello');
  await companion.stop();
  expect(visitor.history.find((frame) => frame.type === 'drain')).toMatchObject({ retryAfterMs: expect.any(Number) });
  expect(admin.history.some((frame) => frame.type === 'drain')).toBe(true);
  expect((await Promise.all([visitor.closed, admin.closed])).map(({ code }) => code)).toEqual([1012, 1012]);
  expect(companion.exitCode()).toBe(0);
  await companion.start();
  expect((await connectVisitor(companion.url, { id: visitor.id, secret: visitor.secret })).lines().length).toBeGreaterThan(0);
});

test('a command is the same act with the same id, also over a restart; another act with that id is refused', async () => {
  const visitor = await connectVisitor(companion.url);
  await visitor.act({ type: 'escalate' });
  const { id } = await admin.conversation(visitor);
  const [claimId, noteId, messageId, botId, addId] = [uuid(), uuid(), uuid(), uuid(), uuid()];
  const all = [
    [{ type: 'conversation.claim', conversationId: id }, claimId], [{ type: 'note.add', conversationId: id, text: 'VIP' }, noteId],
    [{ type: 'message.send', conversationId: id, text: 'Hi', seen: 99 }, messageId], [{ type: 'bot.add', botId, name: 'Second' }, addId],
  ] as const;
  const first = [];
  for (const [command, commandId] of all) first.push(await admin.command(command, commandId));
  await companion.kill();
  await companion.start();
  const again = await connectAgent(companion.url, admin.device);
  const second = [];
  for (const [command, commandId] of all) second.push(await again.command(command, commandId));
  expect(second).toEqual(first);
  expect(first.every((one) => one.type === 'ack')).toBe(true);
  expect([...again.rows.values()].filter((one) => one.kind === 'note' && one.row.text === 'VIP')).toHaveLength(1);
  expect((await again.conversation(visitor)).messageCount).toBe(3); // queued, joined, Hi
  expect(await again.command({ type: 'conversation.release', conversationId: id }, claimId)).toMatchObject({ type: 'nack', refusal: { code: 'id_reused' } });
  expect(await again.command({ type: 'message.send', conversationId: id, text: 'Other words', seen: 99 }, messageId)).toMatchObject({ type: 'nack', refusal: { code: 'id_reused' } });
});

test('holes are filled from any place by sync and watch; a new device’s snapshot is what the feed told another; a void cursor is a reset', async () => {
  const [visitor, start] = [await connectVisitor(companion.url), admin.cursor()];
  await visitor.ask('How much is shipping?');
  await visitor.act({ type: 'escalate' });
  const { id } = await admin.conversation(visitor, (row) => row.status === 'escalated');
  await admin.command({ type: 'note.add', conversationId: id, text: 'Look at order 4711' });
  await admin.command({ type: 'conversation.claim', conversationId: id });
  const { messageCount } = await admin.conversation(visitor, (row) => row.claim !== null);
  const fresh = await connectAgent(companion.url, admin.device);
  expect(fresh.cursor()).toEqual(admin.cursor());
  expect(rowsOf(fresh)).toEqual(rowsOf(admin));
  const behind = await connectAgent(companion.url, admin.device, start);
  expect(behind.history.find((frame) => frame.type === 'feed')).toMatchObject({ from: start.seq, to: admin.cursor().seq });
  for (let after = start.seq; after <= admin.cursor().seq; after++) {
    const before = behind.history.length;
    behind.frame({ type: 'sync', after });
    const feed = await behind.until('the hole', () => behind.history.slice(before).find((frame) => frame.type === 'feed'));
    expect(feed).toMatchObject({ from: after, to: admin.cursor().seq });
    expect(feed.rows.map((one) => one.row.id).toSorted()).toEqual(rowsOf(admin).filter((row) => row.seq > after).map((row) => row.id).toSorted());
  }
  behind.frame({ type: 'watch', conversationId: id, after: 0 });
  const all = await behind.until('the transcript', () => behind.history.find((frame) => frame.type === 'messages' && frame.messages.length === messageCount));
  if (all.type !== 'messages') throw new Error('not reached');
  const middle = all.messages[1]!.seq;
  behind.frame({ type: 'watch', conversationId: id, after: middle });
  const rest = await behind.until('the rest', () => behind.history.find((frame) => frame.type === 'messages' && frame.from === middle));
  expect(rest).toMatchObject({ to: all.to, messages: all.messages.filter((one) => one.seq > middle) });
  const lost = await connectAgent(companion.url, admin.device, { epoch: 'another store', seq: 5 });
  expect(lost.history.find((frame) => frame.type === 'feed')).toMatchObject({ from: 0, reset: true });
});

test('a token older than a day is replaced on connect; the old one works for a minute, and later its use revokes the device', async () => {
  const old = admin.device.token;
  const age = (ms: number): void => inStore(`update device set body = json_set(body, '$.rotatedAt', ${Date.now() - ms})`);
  await companion.stop();
  age(25 * 3_600_000);
  await companion.start();
  const rotated = await connectAgent(companion.url, admin.device);
  const welcome = rotated.history.find((frame) => frame.type === 'welcome');
  const token = welcome?.type === 'welcome' ? welcome.token : undefined;
  expect(token).toMatch(/^[\w-]{43}$/);
  expect((await connectAgent(companion.url, admin.device)).history.find((frame) => frame.type === 'welcome')).not.toHaveProperty('token');
  await connectAgent(companion.url, { token: token!, origin: EXTENSION });
  await companion.stop();
  age(61_000);
  await companion.start();
  for (const used of [old, token!]) {
    const client = await connect(companion.url, 'agent', AgentDown, EXTENSION);
    client.send({ type: 'hello', version: PROTOCOL_VERSION, token: used, cursor: null, workerId: 'test' });
    expect(await client.closed).toMatchObject({ code: CLOSE.revoked });
  }
});

test('a pairing code that lay around for more than 15 minutes has expired', async () => {
  const code = await codeFor(admin, 'sam');
  await companion.stop();
  inStore('update pairing_code set expires_at = 1');
  await companion.start();
  expect(await postPair(companion.url, code)).toMatchObject({ status: 403, body: { code: 'expired_code' } });
});
