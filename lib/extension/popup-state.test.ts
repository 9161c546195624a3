import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { openDatabase } from '#lib/db/schema.ts';
import { readPopupState } from './popup-state.ts';

const bot = (id: string, on: boolean, at: number, enabled = true) => ({ id, name: id, seq: 1, createdAt: at, handoff: { enabled }, availability: { on, at, by: { name: `by ${id}` } } }) as never;
const row = (id: string, change: object = {}) => ({ id, seq: 1, botId: 'b', status: 'escalated', channel: 'widget', claim: null, lastAt: 1, escalation: { at: 1 }, visitor: { name: id }, last: { text: 'Hi' }, ...change }) as never;
const start = async (role = 'agent', agentsMaySwitch = true) => {
  const db = openDatabase(uuid());
  await db.meta.put({ key: 'self', member: { id: 'me', name: 'Sam', role } as never, workspaceName: 'Shop', companion: 'http://x' });
  await db.workspace.put({ id: 'w', seq: 1, agentsMaySwitch } as never);
  return db;
};

test('an empty database is a browser that is not connected', async () => {
  expect(await readPopupState(openDatabase(uuid()), 7)).toMatchObject({ link: { name: 'unpaired' }, role: null, waitingCount: 0, updatedAt: 7, availability: { value: 'handoff_off', maySwitch: false } });
});

test('the switch is on, off or mixed over the bots whose handoff is on, and tells who switched last', async () => {
  const db = await start();
  const value = async () => (await readPopupState(db, 0)).availability.value;
  expect(await value()).toBe('handoff_off');
  await db.bot.bulkPut([bot('a', true, 1), bot('without', false, 9, false)]);
  expect(await value()).toBe('on');
  await db.bot.put(bot('b', false, 5));
  expect((await readPopupState(db, 0)).availability).toMatchObject({ value: 'mixed', by: 'by b', at: 5, bots: [{ id: 'a', on: true }, { id: 'b', on: false }] });
  await db.bot.put(bot('a', false, 6));
  expect(await value()).toBe('off');
});

test('who waits longest is first, five are listed and all are counted; claimed ones and the playground do not wait', async () => {
  const db = await start();
  await db.conversation.bulkPut([...Array.from({ length: 7 }, (_, at) => row(`v${at}`, { escalation: { at: 100 - at } })), row('mine', { claim: { memberId: 'me' } }), row('theirs', { claim: { memberId: 'you' } }), row('play', { channel: 'playground' }), row('open', { status: 'open' })]);
  const state = await readPopupState(db, 0);
  expect(state.waiting.map(({ id }) => id)).toEqual(['v6', 'v5', 'v4', 'v3', 'v2']);
  expect([state.waitingCount, state.mine]).toEqual([7, 1]);
});

test('on while nobody is connected is said; only bots that are on count for that', async () => {
  const db = await start();
  await db.bot.bulkPut([bot('a', false, 1), bot('b', true, 2)]);
  await db.meta.put({ key: 'presence', presence: { connected: [], unreachable: ['a'] } as never });
  expect((await readPopupState(db, 0)).availability.unreachable).toBe(false);
  await db.meta.put({ key: 'presence', presence: { connected: [], unreachable: ['b'] } as never });
  expect((await readPopupState(db, 0)).availability.unreachable).toBe(true);
});

test('an agent may switch unless the admin turned that off; a lead always', async () => {
  const may = async (role: string, agents: boolean) => (await readPopupState(await start(role, agents), 0)).availability.maySwitch;
  expect(await Promise.all([may('agent', true), may('agent', false), may('lead', false)])).toEqual([true, false, true]);
});
