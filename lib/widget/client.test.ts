import { expect, test, vi } from 'vitest';
import type { VisitorUp } from '#lib/protocol/visitor.ts';
import { createClient } from './client.ts';
import { createKeep } from './storage.ts';

/** A companion that only keeps what it is sent; `tell` speaks as it. */
function createWire() {
  const sent: VisitorUp[] = [];
  const sockets: FakeSocket[] = [];
  class FakeSocket {
    readyState = 1;
    onopen: (() => void) | null = null;
    onclose: ((event: { code: number }) => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    constructor() { sockets.push(this); queueMicrotask(() => this.onopen?.()); }
    send(text: string): void { sent.push(JSON.parse(text) as VisitorUp); }
    close(): void { this.readyState = 3; }
  }
  const hellos = () => sent.filter((one) => one.type === 'hello');
  return { sent, hellos, sockets, FakeSocket: FakeSocket as unknown as typeof WebSocket, tell: (frame: object) => sockets.at(-1)?.onmessage?.({ data: JSON.stringify(frame) }) };
}
const bot = { id: 'b', name: 'Robin', greeting: '', waitingTooLongMs: 1, handoff: { enabled: true, mode: 'both', agentLabel: 'S', offlineMessage: 'O', available: true } };
const welcome = { type: 'welcome', version: 2, serverTime: 0, bot, conversation: null, messages: [] };
const said = { id: 'm1', conversationId: 'c', index: 1, seq: 3, at: 0, kind: 'said', author: { kind: 'visitor' }, text: 'CANARY' };

test('a visitor whose data was deleted: the widget keeps nothing, says so, and begins anew as somebody else', async () => {
  const stored = new Map<string, string>();
  const storage = { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value), removeItem: (key: string) => void stored.delete(key) };
  // `Object.keys(localStorage)` lists what is stored.
  const asStorage = new Proxy(storage, { ownKeys: () => [...stored.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) }) as unknown as Storage;
  const wire = createWire();
  const keep = createKeep('b', () => asStorage);
  const client = createClient({ companion: 'http://companion.example', botId: 'b', keep, WebSocketClass: wire.FakeSocket });
  const hello = async (count: number) => expect.poll(() => wire.hellos().length, { timeout: 5_000 }).toBe(count);
  await hello(1);
  wire.tell({ ...welcome, conversation: { status: 'open', floor: 'bot', messageSeq: 3, agentLabel: null, waiting: null, offline: false, email: null }, messages: [said] });
  client.send('never acknowledged CANARY');
  expect(JSON.stringify([client.get(), ...stored])).toContain('CANARY');
  wire.tell({ type: 'error', code: 'deleted', message: 'This conversation was deleted.' });
  wire.sockets.at(-1)?.onclose?.({ code: 4410 });
  expect(JSON.stringify([client.get(), ...stored])).not.toContain('CANARY');
  expect(client.get()).toMatchObject({ deleted: true, conversation: null, messages: [], pending: [] });
  await hello(2);
  const [first, second] = wire.hellos();
  expect(second).toMatchObject({ after: 0 });
  expect(second?.visitor.id).not.toBe(first?.visitor.id);
  expect(second?.visitor.secret).not.toBe(first?.visitor.secret);
  wire.tell(welcome);
  expect(client.get()).toMatchObject({ deleted: true, link: 'online' });
  client.send('Hello again');
  expect(client.get()).toMatchObject({ deleted: false, pending: [{ text: 'Hello again' }] });
  expect(wire.sent.filter((one) => one.type === 'message').map(({ text }) => text)).toEqual(['never acknowledged CANARY', 'Hello again']);
  client.close();
});

test('a request for a person that the companion could not take for now is asked again, until it is taken', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const wire = createWire();
    const client = createClient({ companion: 'http://companion.example', botId: 'b', keep: createKeep('b', () => null as unknown as Storage), WebSocketClass: wire.FakeSocket });
    await vi.advanceTimersByTimeAsync(5_000);
    wire.tell(welcome);
    client.escalate();
    const asked = () => wire.sent.filter((one) => one.type === 'escalate');
    for (const code of ['internal', 'rate_limited']) {
      const before = asked().length;
      wire.tell({ type: 'nack', id: asked()[0]!.id, refusal: { code, message: 'Not now.' } });
      await vi.advanceTimersByTimeAsync(3_000);
      expect(asked()).toHaveLength(before + 1);
    }
    wire.tell({ type: 'ack', id: asked()[0]!.id, ok: true });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(new Set(asked().map(({ id }) => id)).size).toBe(1);
    expect(asked()).toHaveLength(3);
    client.close();
  } finally {
    vi.useRealTimers();
  }
});

test('news from the companion keeps nobody from pinging, and a companion that only talks and never answers is left within 30 s', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const wire = createWire();
    const client = createClient({ companion: 'http://companion.example', botId: 'b', keep: createKeep('b', () => null as unknown as Storage), WebSocketClass: wire.FakeSocket });
    await vi.advanceTimersByTimeAsync(0);
    wire.tell(welcome);
    const pings = () => wire.sent.filter(({ type }) => type === 'ping').length;
    const talk = async (seconds: number) => { for (let second = 0; second < seconds; second++) { await vi.advanceTimersByTimeAsync(1_000); wire.tell({ type: 'typing', by: 'agent', on: true }); } };
    await talk(21);
    expect(pings()).toBe(1);
    wire.tell({ type: 'pong', messageSeq: 0, serverTime: 0 });
    await talk(21);
    expect([pings(), client.get().link]).toEqual([2, 'online']);
    await talk(10);
    expect(client.get().link).toBe('reconnecting');
    client.close();
  } finally {
    vi.useRealTimers();
  }
});

test('an answer grows until it is said, taken back, or the team has the floor; then nothing of it is left on screen', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const wire = createWire();
    const client = createClient({ companion: 'http://companion.example', botId: 'b', keep: createKeep('b', () => null as unknown as Storage), WebSocketClass: wire.FakeSocket });
    await vi.advanceTimersByTimeAsync(5_000);
    const conversation = { status: 'open', floor: 'bot', messageSeq: 3, agentLabel: null, waiting: null, offline: false, email: null };
    wire.tell({ ...welcome, conversation, messages: [said] });
    const streaming = () => client.get().streaming;
    const grow = (id: string, text: string) => wire.tell({ type: 'delta', id, text });
    let seq = 3;
    const say = (id: string, more: object = {}) => { wire.tell({ type: 'messages', from: seq, to: seq + 1, messages: [{ ...said, id, index: seq, seq: seq + 1, author: { kind: 'bot', name: 'Robin' }, text: id, ...more }] }); seq += 1; };
    grow('a', 'It ships.');
    grow('a', 'It ships. Soon.');
    expect(streaming()).toEqual({ id: 'a', text: 'It ships. Soon.' });
    say('a');
    expect(streaming()).toBeNull();
    grow('a', 'late');
    expect(streaming()).toBeNull();

    grow('b', 'I will');
    grow('c', '');
    expect(streaming()?.id).toBe('b');
    grow('b', '');
    expect(streaming()).toBeNull();

    grow('d', 'Replaced');
    say('other');
    expect(streaming()).toBeNull();

    grow('e', 'Until somebody joins');
    say('visitor line', { author: { kind: 'visitor' } });
    expect(streaming()?.id).toBe('e');
    wire.tell({ type: 'conversation', conversation: { ...conversation, floor: 'team', status: 'escalated', messageSeq: seq } });
    expect(streaming()).toBeNull();
    grow('e', 'Until somebody joins and after');
    expect(streaming()).toBeNull();
    client.close();
  } finally {
    vi.useRealTimers();
  }
});
