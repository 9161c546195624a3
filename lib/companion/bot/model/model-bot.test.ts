import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GOOD_ANSWER } from '#lib/handoff/weigh.ts';
import type { BotId, ConversationId, KnowledgeId, MessageId } from '#lib/protocol/ids.ts';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { Message } from '#lib/protocol/message.ts';
import { createInlineLearner } from '../../../../tests/support/inline-learner.ts';
import { begin, breaksOff, chunk, END, fails, floods, silent, stalls, startModelServer, streams, streamText, whole, withoutFormat, type ModelServer, type Said, type Script } from '../../../../tests/support/model-server.ts';
import { createOutgoing } from '../../outgoing/outgoing.ts';
import type { Bot, BotTurn, TurnContext } from '../bot.ts';
import { createEmbeddedBot } from '../embedded.ts';
import { createModelBot, type ModelBotParts } from './model-bot.ts';

const FAQ = [['How long does shipping take?', 'Two to four working days.'], ['How do I return a product?', 'Within 30 days from your order page.'], ['Do you ship abroad?', 'To the EU, UK, US and Canada.']] as const;
const knowledge = FAQ.map(([title, text], at): KnowledgeEntry => ({ id: `k${at}` as KnowledgeId, botId: 'b' as BotId, kind: 'faq', title, text, file: null, at: 0 }));
const KEY = 'sk-CANARY-KEY';
const line = (author: 'visitor' | 'bot', text: string, index: number): Message => ({ id: `m${index}` as MessageId, conversationId: 'c' as ConversationId, index, seq: index, at: 0, kind: 'said', author: author === 'bot' ? { kind: 'bot', name: 'Bean' } : { kind: 'visitor' }, text });

let server: ModelServer;
let logged: string[];
let now: number;
beforeEach(async () => { server = await startModelServer(); logged = []; now = 1_000_000; });
afterEach(() => server.close());

async function makeBot(more: Partial<ModelBotParts> = {}, settings: Partial<ModelBotParts['settings']> = {}): Promise<Bot> {
  const bot = createModelBot({
    botId: 'b' as BotId, settings: { kind: 'model', baseUrl: server.baseUrl, model: 'scripted-1', instructions: 'Be friendly.', ...settings }, embedded: createEmbeddedBot(createInlineLearner(), 'b'),
    outgoing: createOutgoing({ allowedHosts: [server.host] }), key: KEY, now: () => now, log: { warn: (details, message) => void logged.push(JSON.stringify({ details, message })) }, deadlines: { firstMs: 300, stallMs: 300, wholeMs: 2_000 }, ...more,
  });
  await bot.prepare(knowledge);
  return bot;
}
async function ask(bot: Bot, text: string, more: Partial<TurnContext> = {}, onText?: (piece: string) => void): Promise<BotTurn> {
  const turn = await bot.respond({ botName: 'Bean', text, language: 'en', transcript: [line('visitor', text, 1)], turnId: 't', ...more }, new AbortController().signal, onText);
  if (turn === 'later') throw new Error('A model answers at once.');
  return turn;
}
const answered = async (script: Script, text = 'How long does shipping take?'): Promise<BotTurn> => { server.script(script); return await ask(await makeBot(), text); };

describe('an answer', () => {
  test('is asked for as the protocol says: model, key, passages and question apart from what we say, the schema', async () => {
    await ask(await makeBot(), 'How long does shipping take?');
    const [{ url, headers, body, passages }] = server.requests as [ModelServer['requests'][0]];
    expect([url, headers.authorization, body.model, body.stream]).toEqual(['/v1/chat/completions', `Bearer ${KEY}`, 'scripted-1', true]);
    expect(body.response_format).toMatchObject({ type: 'json_schema', json_schema: { strict: true } });
    expect(body.messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(body.messages[0]?.content).toContain('Be friendly.');
    expect(body.messages[0]?.content).not.toContain('shipping take');
    expect(passages[0]).toEqual({ id: 'k0', title: FAQ[0][0], text: FAQ[0][1] });
    expect(JSON.stringify(body)).not.toContain(KEY);
  });

  test.each([['streamed', streams], ['in one piece', whole]])('%s is the reply, with its sources', async (_, say) => {
    const turn = await answered(say({ answer: 'Two to four days.', cited_ids: ['k0', 'k2', 'k0'] }));
    expect(turn).toMatchObject({ engine: 'model', reply: { text: 'Two to four days.', sources: [{ id: 'k0', title: FAQ[0][0] }, { id: 'k2', title: FAQ[2][0] }] } });
    expect(turn.signals.answerable).toBeGreaterThanOrEqual(GOOD_ANSWER.good);
    expect(turn.degraded).toBeUndefined();
    expect(logged).toEqual([]);
  });

  test('without a key no key is sent; the whole address may have been pasted; a query stays', async () => {
    await ask(await makeBot({ key: null }, { baseUrl: `${server.baseUrl}/chat/completions/?version=2` }), 'shipping?');
    expect(server.requests[0]).toMatchObject({ url: '/v1/chat/completions?version=2' });
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  test('a server that takes no response_format is asked again without it once, and never with it again', async () => {
    server.script(withoutFormat(streamText('```json\n{"answerable":"yes","cited_ids":["k0"],"answer":"Two days."}\n```')));
    const bot = await makeBot();
    for (const text of ['How long does shipping take?', 'And returns?']) expect((await ask(bot, text)).reply?.text).toBe('Two days.');
    expect(server.requests.map(({ body }) => body.response_format !== undefined)).toEqual([true, false, false]);
  });

  test('of what was said before only the newest fits in, and never who of the team said it', async () => {
    const before = Array.from({ length: 40 }, (_, at): Message => line(at % 2 ? 'bot' : 'visitor', `line ${at} ${'x'.repeat(900)}`, at + 1));
    const agent: Message = { ...line('bot', 'from a person', 41), author: { kind: 'agent', id: 'sam' as never, name: 'CANARY-NAME', label: 'Support' } } as Message;
    await ask(await makeBot(), 'and abroad?', { transcript: [...before, agent, line('visitor', 'and abroad?', 42)] });
    const content = server.requests[0]?.body.messages[1]?.content ?? '';
    expect(content).toContain('line 39');
    expect(content).not.toContain('line 20 ');
    expect(content).toContain('from a person');
    expect(content).not.toContain('CANARY-NAME');
    expect(content.length).toBeLessThan(9_000 + 6_000 + 2_000);
  });

  test('what the rules have settled costs no call', async () => {
    expect(await ask(await makeBot(), 'let me talk to a human', { isSettled: true })).toMatchObject({ engine: 'embedded' });
    expect(server.requests).toEqual([]);
  });
});

describe('a model that lies or contradicts itself', () => {
  test.each<[string, Said]>([
    ['cites what it was not given', { cited_ids: ['k99', 'K0', ''] }], ['cites nothing', { cited_ids: [] }], ['has an empty answer', { answer: '  ' }], ['has no answer', { answer: null }],
    ['says no, and is sure', { answerable: 'no', confidence: 1, cited_ids: ['k0'], answer: 'It takes two days.' }], ['half knows, and cites nothing', { answerable: 'partial', cited_ids: [] }],
  ])('%s: it has no answer', async (_, said) => {
    expect(await answered(streams(said))).toMatchObject({ reply: null, engine: 'model', signals: { answerable: 0 } });
  });

  test('its confidence moves an answer within its band only', async () => {
    const at = async (answerable: string, confidence: number): Promise<number> => (await answered(streams({ answerable, confidence }))).signals.answerable;
    expect(await at('yes', 1)).toBeLessThanOrEqual(0.9);
    expect(await at('yes', 0.3)).toBeLessThan(GOOD_ANSWER.good);
    expect(await at('yes', 0)).toBeGreaterThanOrEqual(GOOD_ANSWER.weak);
    expect(await at('partial', 1)).toBeLessThan(GOOD_ANSWER.good);
    expect(await at('partial', 0)).toBeLessThan(GOOD_ANSWER.weak);
  });

  test('small talk needs no source', async () => {
    expect(await answered(streams({ answerable: 'no', cited_ids: [], answer: 'Bonjour !' }), 'hello')).toMatchObject({ reply: { text: 'Bonjour !', sources: [] }, signals: { smallTalk: true, answerable: 1 } });
  });

  test('what it hears of the visitor is passed on as evidence', async () => {
    expect((await answered(streams({ wants_human: 'explicit', frustration: 3 }))).signals).toMatchObject({ wantsHuman: 1, frustration: 1 });
  });
});

test('the answer is told as it grows, and nothing else of what the model writes', async () => {
  const told: string[] = [];
  server.script(streams({ answer: 'It takes "two"\nto four days. 😀' }, 3));
  await ask(await makeBot(), 'How long does shipping take?', {}, (piece) => void told.push(piece));
  expect(told.join('')).toBe('It takes "two"\nto four days. 😀');
  expect(told.length).toBeGreaterThan(5);
  told.length = 0;
  server.script(streams({ answerable: 'no', answer: 'I do not know that.' }, 3));
  await ask(await makeBot(), 'How long does shipping take?', {}, (piece) => void told.push(piece));
  expect(told).toEqual([]);
});

const HALF = '{"answerable":"yes","cited_ids":["k0"],"answer":"It takes ';
const html: Script = (_, response) => { response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>CANARY-FROM-SERVER</h1>'); };
const faultInStream: Script = (_, response) => { begin(response); response.end(`data: {"error":{"message":"CANARY-FROM-SERVER"}}\n\n${END}`); };
const drips: Script = (_, response: ServerResponse) => { begin(response); response.write(chunk(HALF)); const drop = setInterval(() => response.write(chunk('so ')), 100); response.on('close', () => clearInterval(drop)); };
const comments: Script = (_, response: ServerResponse) => { response.writeHead(200, { 'content-type': 'text/event-stream' }); const drop = setInterval(() => response.write(': still working\n\n'), 50); response.on('close', () => clearInterval(drop)); };

describe('whenever it gives no answer, the knowledge base does, and the operator reads why', () => {
  test.each<[string, Script, string, RegExp]>([
    ['401', fails(401), 'key', /401.*key is wrong/], ['403', fails(403), 'key', /403/], ['404', fails(404), 'missing', /404.*no such model/], ['429', fails(429), 'busy', /429/], ['500', fails(500), 'server', /500/], ['503', fails(503), 'server', /503/], ['400, also without the format', fails(400), 'refused', /400/],
    ['a redirect', fails(302, { location: 'http://127.0.0.1:1/' }), 'address', /redirect/], ['a first word that never comes', silent, 'slow', /did not begin/], ['only signs of life', comments, 'slow', /did not begin/], ['a stall in the middle', stalls(HALF), 'slow', /stopped in the middle/], ['an answer without end, in drops', drips, 'slow', /longest time/],
    ['an end in the middle', streamText(HALF), 'unreadable', /not the JSON/], ['a broken connection', breaksOff(HALF), 'unreachable', /cannot be reached|broke off/], ['text that is not JSON', streamText('Of course! It takes two days.'), 'unreadable', /not the JSON/], ['nothing at all', streamText(''), 'unreadable', /it is empty/],
    ['fields of the wrong kind', streamText('{"answerable":"maybe","cited_ids":"k0","answer":1}'), 'unreadable', /not the JSON/], ['another kind of page', html, 'unreadable', /something else than a chat completion/], ['a fault within the stream', faultInStream, 'broken', /fault/], ['10 MB', floods(10_000_000), 'too_large', /no end/],
    ['chunks that are none', (_, response) => { begin(response); response.end('data: {"choices":7}\n\n'); }, 'broken', /chunks/], ['an event without end', (_, response) => { begin(response); response.write(`data: ${'x'.repeat(400_000)}`); }, 'broken', /chunks/],
  ])('%s', async (_, script, reason, words) => {
    const turn = await answered(script);
    expect(turn).toMatchObject({ engine: 'embedded', degraded: true, reply: { text: FAQ[0][1], sources: [{ id: 'k0' }] } });
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0]!)).toMatchObject({ details: { botId: 'b', reason }, message: expect.stringMatching(words) });
    expect(logged[0]).not.toMatch(/CANARY|shipping|sk-/);
  });

  test('a server that is not there, and an address inside', async () => {
    const bot = await makeBot();
    await server.close();
    expect(await ask(bot, 'How long does shipping take?')).toMatchObject({ degraded: true, reply: { text: FAQ[0][1] } });
    const inside = await makeBot({ outgoing: createOutgoing({ allowedHosts: [] }) });
    expect(await ask(inside, 'How long does shipping take?')).toMatchObject({ degraded: true });
    expect(logged.map((one) => (JSON.parse(one) as { details: { reason: string } }).details.reason)).toEqual(['unreachable', 'address']);
    server = await startModelServer();
  });

  test('401 without a key says that none is set', async () => {
    server.script(fails(401));
    await ask(await makeBot({ key: null }), 'shipping?');
    expect(logged[0]).toContain('none is set');
  });

  test('who is in a hurry gets it at once, the call ends, and nobody is blamed', async () => {
    server.script(silent);
    const [bot, hurry] = [await makeBot({ deadlines: { firstMs: 60_000, stallMs: 60_000, wholeMs: 60_000 } }), new AbortController()];
    const turn = ask(bot, 'How long does shipping take?', { hurry: hurry.signal });
    const { gone } = await server.asked(1);
    hurry.abort();
    expect(await turn).toMatchObject({ degraded: true, reply: { text: FAQ[0][1] } });
    await gone;
    expect(logged).toEqual([]);
    server.script(streams({}));
    expect(await ask(bot, 'shipping?')).toMatchObject({ engine: 'model' });
  });
});

describe('a model that just failed is left alone', () => {
  const asksAt = async (bot: Bot, ms: number): Promise<number> => {
    now += ms;
    const before = server.requests.length;
    await ask(bot, 'shipping?');
    return server.requests.length - before;
  };
  test('for some seconds, longer each time; then one visitor tries it for all', async () => {
    server.script(fails(500));
    const bot = await makeBot();
    expect([await asksAt(bot, 0), await asksAt(bot, 4_900), await asksAt(bot, 200), await asksAt(bot, 9_000), await asksAt(bot, 1_100)]).toEqual([1, 0, 1, 0, 1]);
    server.script(streams({}));
    now += 60_000;
    const before = server.requests.length;
    const turns = await Promise.all([1, 2, 3].map(() => ask(bot, 'shipping?')));
    expect(server.requests.length - before).toBe(1);
    expect(turns.map(({ engine }) => engine).toSorted()).toEqual(['embedded', 'embedded', 'model']);
    expect(await asksAt(bot, 0)).toBe(1);
  });
  test.each([['60', 60_000], [new Date(1_000_000 + 90_000).toUTCString(), 90_000], ['999999', 600_000]])('as long as Retry-After says (%s), within reason', async (header, ms) => {
    server.script(fails(429, { 'retry-after': header }));
    const bot = await makeBot();
    expect([await asksAt(bot, 0), await asksAt(bot, ms - 1), await asksAt(bot, 1)]).toEqual([1, 0, 1]);
  });
  test('a wrong key is not tried on every visitor; an answer that cannot be read is, twice', async () => {
    server.script(fails(401));
    const locked = await makeBot();
    expect([await asksAt(locked, 0), await asksAt(locked, 59_000), await asksAt(locked, 1_000)]).toEqual([1, 0, 1]);
    server.script(streamText('no JSON'));
    const babbles = await makeBot();
    expect([await asksAt(babbles, 0), await asksAt(babbles, 0), await asksAt(babbles, 0), await asksAt(babbles, 0)]).toEqual([1, 1, 1, 0]);
  });
});
