import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import type * as z from 'zod';
import { must } from '#lib/base/must.ts';
import { uuid } from '#lib/base/uuid.ts';
import { AgentDown, type AgentUp } from '#lib/protocol/agent.ts';
import type { Command } from '#lib/protocol/command.ts';
import type { Channel, Conversation } from '#lib/protocol/conversation.ts';
import type { Cursor, FeedRow } from '#lib/protocol/feed.ts';
import { PairResponse } from '#lib/protocol/http.ts';
import type { Message } from '#lib/protocol/message.ts';
import type { Role } from '#lib/protocol/settings.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { VisitorDown, type VisitorBot, type VisitorConversation } from '#lib/protocol/visitor.ts';
import type { TestCompanion } from './companion.ts';

/** What the origin of an extension looks like. */
export const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
const WITHIN_MS = 10_000;

/** One socket as a test sees it. Every frame of the companion is parsed by the protocol: one that is not of it fails the test. */
export interface Client<Down> {
  history: Down[];
  /** Exactly what arrived. */
  raw: string[];
  send(frame: unknown): void;
  sendText(text: string | Buffer): void;
  /** Waits until `check` gives something, asked again at every frame. @throws with `what` after 10 s */
  until<T>(what: string, check: () => T | null | undefined | false): Promise<T>;
  /** The first frame that matches, past or future. */
  next<T extends Down>(what: string, matches: (frame: Down) => frame is T): Promise<T>;
  next(what: string, matches: (frame: Down) => boolean): Promise<Down>;
  closed: Promise<{ code: number; reason: string }>;
  isClosed(): boolean;
  close(): Promise<void>;
}

/** @param path `visitor` or `agent` */
export async function connect<Down>(companion: string, path: 'visitor' | 'agent', schema: z.ZodType<Down>, origin: string, onFrame: (frame: Down) => void = () => undefined): Promise<Client<Down>> {
  const socket = new WebSocket(`${companion.replace(/^http/, 'ws')}/socket/${path}`, { origin });
  const [history, raw, waiting] = [[] as Down[], [] as string[], new Set<() => void>()];
  let fault: unknown = null;
  let isOver = false;
  const closed = new Promise<{ code: number; reason: string }>((resolve) => { socket.on('close', (code, reason) => { isOver = true; resolve({ code, reason: String(reason) }); for (const check of waiting) check(); }); });
  socket.on('message', (data) => {
    try {
      raw.push(String(data));
      const frame = schema.parse(JSON.parse(String(data)));
      history.push(frame);
      onFrame(frame);
    } catch (error) { fault = error; }
    for (const check of waiting) check();
  });
  await new Promise<void>((resolve, reject) => { socket.once('open', resolve); socket.once('error', reject); });
  socket.on('error', () => undefined); // `closed` tells
  const until = <T>(what: string, check: () => T | null | undefined | false): Promise<T> => new Promise((resolve, reject) => {
    const end = (): void => { clearTimeout(timer); waiting.delete(look); };
    const fail = (why: string): void => { end(); reject(new Error(`${what}: ${why}. Last frames:\n${raw.slice(-8).map((text) => text.slice(0, 400)).join('\n')}`, { cause: fault })); };
    const timer = setTimeout(() => fail(`not within ${WITHIN_MS} ms`), WITHIN_MS);
    const look = (): void => {
      const found = check();
      if (found) { end(); return resolve(found); }
      if (fault) return fail('a frame that is not of the protocol came');
      if (isOver) fail('the socket closed');
    };
    waiting.add(look);
    look();
  });
  return {
    history, raw, closed, until, isClosed: () => isOver, send: (frame) => socket.send(JSON.stringify(frame)), sendText: (text) => socket.send(text),
    next: (what: string, matches: (frame: Down) => boolean) => until(what, () => history.find(matches)) as Promise<never>,
    async close() { socket.close(); await closed; },
  };
}

export type VisitorAnswer = Extract<VisitorDown, { type: 'ack' | 'nack' }>;
/** A chat window: what it holds is what it was told. */
export interface VisitorClient extends Client<VisitorDown> {
  id: string; secret: string;
  state: { bot: VisitorBot; view: VisitorConversation | null; messages: Map<string, Message> };
  /** In the order of the screen. */
  lines(): Message[];
  /** The answer to a frame that changes something; a fresh id unless it has one. */
  act(frame: { type: string; id?: string; [more: string]: unknown }): Promise<VisitorAnswer>;
  say(text: string, id?: string): Promise<VisitorAnswer>;
  /** Acked, and answered by the bot. */
  ask(text: string): Promise<void>;
}
interface VisitorOptions { botId?: string; origin?: string; channel?: Channel; id?: string; secret?: string; after?: number }

/** A visitor of the demo shop unless told otherwise; `companion` is an address. */
export async function connectVisitor(companion: string, options: VisitorOptions = {}): Promise<VisitorClient> {
  const id = options.id ?? uuid();
  const secret = options.secret ?? randomBytes(32).toString('base64url');
  const state: VisitorClient['state'] = { bot: null as unknown as VisitorBot, view: null, messages: new Map() };
  const client = await connect(companion, 'visitor', VisitorDown, options.origin ?? companion, (frame) => {
    if ('bot' in frame) state.bot = frame.bot;
    if ('conversation' in frame) state.view = frame.conversation;
    if ('messages' in frame) for (const one of frame.messages) state.messages.set(one.id, one);
  });
  client.send({ type: 'hello', version: PROTOCOL_VERSION, botId: options.botId ?? 'pinewood', visitor: { id, secret }, after: options.after ?? 0, channel: options.channel ?? 'widget', page: null, language: 'en' });
  await client.next('the welcome', (frame) => frame.type === 'welcome');
  const lines = (): Message[] => [...state.messages.values()].toSorted((a, b) => a.index - b.index);
  const act: VisitorClient['act'] = async (frame) => {
    const sent = { id: uuid(), ...frame };
    const before = client.history.length;
    client.send(sent);
    return await client.until(`the answer to ${frame.type}`, () => client.history.slice(before).find((one): one is VisitorAnswer => (one.type === 'ack' || one.type === 'nack') && one.id === sent.id));
  };
  const say: VisitorClient['say'] = (text, own) => act({ type: 'message', text, ...(own ? { id: own } : {}) });
  return { ...client, id, secret, state, lines, act, say, async ask(text) {
    const told = lines().length;
    await say(text);
    await client.until('the answer of the bot', () => lines().slice(told).some((one) => one.kind === 'said' && one.author.kind === 'bot'));
  } };
}

export interface Device { token: string; origin: string }
/** What `POST /api/pair` answers, whatever it is. */
export async function postPair(companion: string, code: string, origin = EXTENSION): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${companion}/api/pair`, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body: JSON.stringify({ code, version: PROTOCOL_VERSION }) });
  return { status: response.status, body: await response.json() as Record<string, unknown> };
}
export async function pair(companion: string, code: string, origin = EXTENSION): Promise<Device> {
  return { token: PairResponse.parse((await postPair(companion, code, origin)).body).token, origin };
}

export type AgentAnswer = Extract<AgentDown, { type: 'ack' | 'nack' }>;
/** A worker: rows are what the feed told, newest state of each. */
export interface AgentClient extends Client<AgentDown> {
  device: Device; rows: Map<string, FeedRow>;
  cursor(): Cursor;
  frame(frame: AgentUp): void;
  command(command: Command | Record<string, unknown>, id?: string): Promise<AgentAnswer>;
  /** Waits for the conversation of a visitor to look like that. */
  conversation(visitor: { id: string }, looks?: (row: Conversation) => boolean): Promise<Conversation>;
}

export async function connectAgent(companion: string, device: Device, cursor: Cursor | null = null): Promise<AgentClient> {
  const rows = new Map<string, FeedRow>();
  let [held, epoch, isReady] = [cursor?.seq ?? 0, '', false];
  const client = await connect(companion, 'agent', AgentDown, device.origin, (frame) => {
    if (frame.type === 'welcome') epoch = frame.epoch;
    if (frame.type !== 'feed') return;
    if (frame.from > held && !frame.reset) return client.send({ type: 'sync', after: held });
    for (const one of frame.rows) if ((rows.get(one.row.id)?.row.seq ?? 0) <= one.row.seq) rows.set(one.row.id, one);
    held = Math.max(held, frame.to);
    if (!frame.more) isReady = true;
  });
  client.send({ type: 'hello', version: PROTOCOL_VERSION, token: device.token, cursor, workerId: 'test' });
  await client.until('the first feed', () => isReady);
  const command: AgentClient['command'] = async (asked, id = uuid()) => {
    const before = client.history.length;
    client.send({ type: 'command', id, command: asked });
    return await client.until(`the answer to ${String(asked.type)}`, () => client.history.slice(before).find((one): one is AgentAnswer => (one.type === 'ack' || one.type === 'nack') && one.id === id));
  };
  return { ...client, device, rows, command, cursor: () => ({ epoch, seq: held }), frame: (frame) => client.send(frame),
    conversation: (visitor, looks = () => true) => client.until('the conversation', () => {
      for (const one of rows.values()) if (one.kind === 'conversation' && one.row.visitor.id === visitor.id && looks(one.row)) return one.row;
      return null;
    }) };
}

/** The seeded member of a role, on a browser of their own. */
export async function connectRole(companion: TestCompanion, role: Role): Promise<AgentClient> {
  return await connectAgent(companion.url, await pair(companion.url, await companion.operator.code(role)));
}

/** A new member, paired and connected. */
export async function addMember(companion: string, admin: AgentClient, name: string, role: Role): Promise<AgentClient & { memberId: string }> {
  const memberId = uuid();
  await admin.command({ type: 'member.add', memberId, name, role });
  return { ...await connectAgent(companion, await pair(companion, await codeFor(admin, memberId))), memberId };
}
export async function codeFor(admin: AgentClient, memberId: string): Promise<string> {
  const answer = await admin.command({ type: 'member.code', memberId });
  return must(answer.type === 'ack' ? answer.result?.code : undefined, 'pairing code');
}
