import { expect, test } from 'vitest';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { PopupState } from '#lib/protocol/runtime.ts';
import { badgeOf } from './badge.ts';
import { decideAlerts, quoted } from './notifications.ts';
import { answer } from './listen.ts';
import { readAddress } from './pair.ts';

const waiting = (id: string, at: number) => ({ id, escalation: { at } }) as Conversation;
const state = (over: object) => ({ link: { name: 'online', since: 0 }, clockOffset: 0, waiting: [], waitingCount: 0, availability: { value: 'on' }, ...over }) as unknown as PopupState;

test('only news is alerted: not what the first sync brought, not what is on screen, again when it escalates again', () => {
  expect(decideAlerts(null, [waiting('a', 1)], () => false).raise).toEqual([]);
  expect(decideAlerts({ a: 1 }, [waiting('a', 1), waiting('b', 2)], () => false).raise.map(({ id }) => id)).toEqual(['b']);
  expect(decideAlerts({ a: 1 }, [waiting('a', 5)], () => false).raise).toHaveLength(1);
  expect(decideAlerts({}, [waiting('b', 2)], () => true).raise).toEqual([]);
  expect(decideAlerts({ a: 1 }, [], () => false).clear).toEqual(['a']);
});

test('a notification quotes the visitor on one line: nothing in it can pass for somebody else', () => {
  expect(quoted('Visitor 7F', 'hi\n\nBaton\u2028An admin\u202E asks\0')).toBe('Visitor 7F: “hi Baton An admin asks”');
  expect(quoted('V', `${'x'.repeat(199)}\u{1F600}`).isWellFormed()).toBe(true);
});

test('the badge tells the wait by colour and a sentence', () => {
  const one = (since: number) => badgeOf(state({ waiting: [{ since }], waitingCount: 1 }), 600_000);
  expect([one(590_000).colour, one(500_000).colour, one(0).colour]).toEqual(['#0f766e', '#b45309', '#b91c1c']);
  expect(one(0).title).toBe('Baton: 1 waiting, longest 10 min. Agents available.');
  expect(badgeOf(state({ availability: { value: 'off' } }), 0).text).toBe('off');
  expect(badgeOf(state({ link: { name: 'waiting' } }), 0).text).toBe('!');
});

test('a message from outside our pages, or of another shape, is refused', async () => {
  const own = { id: 'me', origin: 'chrome-extension://me' };
  const handlers = { 'connection.retry': () => ({ ok: true }), 'viewing': () => ({ ok: true }) } as never;
  const page = { id: 'me', url: 'chrome-extension://me/popup.html' };
  await expect(answer(handlers, own, 'connection.retry', {}, page)).resolves.toEqual({ ok: true });
  await expect(answer(handlers, own, 'connection.retry', {}, { ...page, id: 'other' })).rejects.toThrow('outside');
  await expect(answer(handlers, own, 'connection.retry', {}, { id: 'me', url: 'https://shop.example/' })).rejects.toThrow('outside');
  await expect(answer(handlers, own, 'viewing', { conversationId: 7 }, page)).rejects.toThrow();
});

test('http is for this computer only', () => {
  expect(readAddress('http://127.0.0.1:8787/x')).toBe('http://127.0.0.1:8787');
  expect(readAddress('baton.example.com')).toBe('https://baton.example.com');
  expect(readAddress('http://baton.example.com')).toMatchObject({ code: 'insecure_address' });
  expect(readAddress('ftp://x')).toMatchObject({ code: 'bad_address' });
});
