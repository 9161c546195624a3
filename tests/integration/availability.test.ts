import { afterAll, beforeAll, expect, test } from 'vitest';
import { MemberId } from '#lib/protocol/ids.ts';
import { DEFAULT_OFFLINE_MESSAGE, type Bot } from '#lib/protocol/settings.ts';
import { createLeases } from '#lib/companion/socket/leases.ts';
import { startTestCompanion, until, type TestCompanion } from '../support/companion.ts';
import { addMember, connectAgent, connectRole, connectVisitor, type AgentClient, type VisitorClient } from '../support/socket-client.ts';

let companion: TestCompanion;
let admin: AgentClient;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
});
afterAll(() => companion?.close());
const offlineShown = (visitor: VisitorClient) => visitor.lines().find((line) => line.kind === 'happened' && line.what.type === 'offline');
const demoBot = () => admin.until('the bot row, switched on', () => { const bot = admin.rows.get('pinewood')?.row as Bot; return bot.availability.on ? bot : null; });

test('on, but nobody connected: the offline message, an e-mail that is kept, and Escalated all the same; an agent who comes makes it true again', async () => {
  const visitor = await connectVisitor(companion.url);
  expect(visitor.state.bot.handoff).toMatchObject({ enabled: true, available: false });
  await visitor.say('Is anybody there?');
  await visitor.act({ type: 'escalate' });
  await visitor.until('the offline message', () => offlineShown(visitor) && visitor.state.view?.offline);
  expect(offlineShown(visitor)).toMatchObject({ what: { text: DEFAULT_OFFLINE_MESSAGE } });
  expect(visitor.state.view).toMatchObject({ status: 'escalated', floor: 'bot', waiting: null });
  expect(await visitor.act({ type: 'email', email: 'not an address' }).catch(() => null)).not.toMatchObject({ type: 'ack' });
});

test('an e-mail address left is stored with the conversation; the visitor who asks again once people are there joins the queue', async () => {
  const visitor = await connectVisitor(companion.url);
  await visitor.act({ type: 'escalate' });
  expect(await visitor.act({ type: 'email', email: 'kim@example.org' })).toMatchObject({ type: 'ack' });
  admin = await connectRole(companion, 'admin');
  const row = await admin.conversation(visitor, (one) => one.email !== null);
  expect(row).toMatchObject({ status: 'escalated', floor: 'bot', email: { address: 'kim@example.org' }, escalation: { shown: 'offline' } });
  await visitor.until('people are there', () => visitor.state.bot.handoff.available);
  await visitor.act({ type: 'escalate' });
  await visitor.until('the queue', () => visitor.state.view?.waiting);
});

test('the switch reaches open chat windows and says who did it', async () => {
  const visitor = await connectVisitor(companion.url);
  await admin.command({ type: 'availability.set', botIds: null, on: false });
  await visitor.until('off', () => !visitor.state.bot.handoff.available);
  expect((await admin.until('the row', () => { const bot = admin.rows.get('pinewood')?.row as Bot; return bot.availability.on ? null : bot; })).availability.by).toMatchObject({ name: 'You' });
  await visitor.act({ type: 'escalate' });
  await visitor.until('the offline message', () => offlineShown(visitor));
  expect(visitor.state.view).toMatchObject({ status: 'escalated', floor: 'bot' });
  await admin.command({ type: 'availability.set', botIds: null, on: true });
  await visitor.until('on', () => visitor.state.bot.handoff.available);
});

test('settings reach open chat windows; a stale save is refused; handoff off refuses the button', async () => {
  const visitor = await connectVisitor(companion.url);
  const bot = await demoBot();
  const { name, greeting, sites, handoff } = bot;
  const save = (baseSeq: number, more: Partial<Bot['handoff']>) => admin.command({ type: 'bot.save', botId: bot.id, baseSeq, settings: { name, greeting, sites, handoff: { ...handoff, ...more } } });
  expect(await save(bot.seq, { enabled: false, agentLabel: 'Sarah from Support' })).toMatchObject({ type: 'ack' });
  await visitor.until('handoff off', () => !visitor.state.bot.handoff.enabled && visitor.state.bot.handoff.agentLabel === 'Sarah from Support');
  expect(await visitor.act({ type: 'escalate' })).toMatchObject({ type: 'nack', refusal: { code: 'handoff_off' } });
  expect(await save(bot.seq, {})).toMatchObject({ type: 'nack', refusal: { code: 'stale' } });
  await admin.command({ type: 'bot.save', botId: bot.id, baseSeq: 1, force: true, settings: { name, greeting, sites, handoff } });
  await visitor.until('handoff on', () => visitor.state.bot.handoff.enabled);
});

test('a worker whose socket drops stays reachable within its lease; leaving by revocation ends it at once', async () => {
  const lee = await addMember(companion.url, admin, 'Lee', 'agent');
  const has = (frames: AgentClient, id: string) => frames.history.findLast((frame) => frame.type === 'presence')?.presence.connected.some((one) => one.memberId === id);
  await admin.until('Lee is there', () => has(admin, lee.memberId));
  await lee.close();
  await until('the socket is gone', async () => await companion.operator.connected() === 1);
  const again = await connectRole(companion, 'admin');
  await again.until('Lee is still reachable', () => has(again, lee.memberId));
  await admin.command({ type: 'member.revoke', memberId: lee.memberId });
  await again.until('Lee is gone', () => has(again, lee.memberId) === false);
  await again.close();
});

test('the last agent gone, a lease outlives the restart of the companion: visitors are told the truth before agents are back', async () => {
  const cursor = admin.cursor();
  await companion.stop();
  await companion.start();
  const visitor = await connectVisitor(companion.url);
  expect(visitor.state.bot.handoff.available).toBe(true);
  admin = await connectAgent(companion.url, admin.device, cursor);
  expect(admin.history.some((frame) => frame.type === 'feed' && frame.reset)).toBe(false);
});

test('a lease ends after its time without a socket, and not while one of two sockets lives', async () => {
  const id = MemberId.parse('kim');
  let told = 0;
  const leases = createLeases(() => { told++; }, 40);
  leases.take(id);
  leases.take(id);
  leases.drop(id, Date.now());
  expect(leases.connected()).toEqual([id]);
  leases.drop(id, Date.now());
  expect(leases.connected()).toEqual([id]);
  expect(leases.open()).toEqual([]);
  await until('the lease ends', () => leases.connected().length === 0, 2_000);
  expect(told).toBe(2);
  leases.close();
});
