import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Conversation } from '#lib/protocol/conversation.ts';
import { alert, forgetAlerts, rememberHeld } from './notifications.ts';

let local: Record<string, unknown>;
let shown: Map<string, { title: string; message: string }>;
beforeEach(() => {
  [local, shown] = [{}, new Map()];
  vi.stubGlobal('chrome', {
    storage: { local: { get: async (key: string) => ({ [key]: local[key] }), set: async (items: object) => void Object.assign(local, items), remove: async (key: string) => { delete local[key]; } } },
    notifications: { create: async (id: string, options: { title: string; message: string }) => { shown.set(id, options); return id; }, clear: async (id: string) => shown.delete(id) },
    runtime: { getURL: (path: string) => path },
  });
});
afterEach(() => { vi.unstubAllGlobals(); });
const waiting = (id: string, at: number, text = 'Hello') => ({ id, escalation: { at }, visitor: { name: 'Visitor 4F2' }, last: { text } }) as Conversation;
const nobodyLooks = () => false;

test('an escalation is raised once, over any number of workers, and cleared when somebody takes it', async () => {
  await alert([], nobodyLooks);
  expect(await alert([waiting('a', 1)], nobodyLooks)).toEqual(['a']);
  expect(await alert([waiting('a', 1)], nobodyLooks)).toEqual([]);
  expect(shown.has('a')).toBe(true);
  await alert([], nobodyLooks);
  expect(shown.size).toBe(0);
  expect(await alert([waiting('a', 9)], nobodyLooks)).toEqual(['a']);
});

test('after pairing nothing old is raised; what comes after a worker that ended before its first alert is', async () => {
  expect(await alert([waiting('old', 1)], nobodyLooks)).toEqual([]);
  await forgetAlerts();
  await rememberHeld([waiting('old', 1)]);
  expect(await alert([waiting('old', 1), waiting('new', 2)], nobodyLooks)).toEqual(['new']);
  await rememberHeld([]);
  expect(await alert([waiting('old', 1), waiting('new', 2)], nobodyLooks)).toEqual([]);
});

test('the title is ours and a visitor\'s words are cut, so that no notification speaks for somebody else', async () => {
  await alert([], nobodyLooks);
  await alert([waiting('a', 1, 'Your password has expired. '.repeat(40))], nobodyLooks);
  expect(shown.get('a')).toMatchObject({ title: 'A visitor asks for a person' });
  expect(shown.get('a')!.message).toMatch(/^Visitor 4F2: /);
  expect(shown.get('a')!.message.length).toBeLessThan(300);
});
