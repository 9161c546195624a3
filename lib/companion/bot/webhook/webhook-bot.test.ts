import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { BotId, ConversationId } from '#lib/protocol/ids.ts';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { Message } from '#lib/protocol/message.ts';
import { TurnRequested } from '#lib/protocol/webhook.ts';
import { SHOP_FAQ } from '../../demo/shop.ts';
import type { OutgoingAnswer, OutgoingRequest } from '../../outgoing/outgoing.ts';
import { createInlineLearner } from '../../../../tests/support/inline-learner.ts';
import { createEmbeddedBot } from '../embedded.ts';
import { turnIdOf } from '../turn-id.ts';
import { PATIENCE_MS } from './deliver.ts';
import { createWebhookBot } from './webhook-bot.ts';

const SHOP = SHOP_FAQ.map(([title, text], at) => ({ id: `k${at}`, botId: 'b', kind: 'faq', title, text, file: null, at }) as unknown as KnowledgeEntry);
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const line = (index: number, text: string, kind: 'visitor' | 'bot' = 'visitor'): Message =>
  ({ kind: 'said', id: `m${index}`, conversationId: 'c_1', index, seq: index, at: 1_000 + index, text, author: kind === 'bot' ? { kind, name: 'Bean' } : { kind } }) as Message;
const said = (status: number, body: unknown = ''): OutgoingAnswer => ({ ok: true, status, contentType: 'application/json', body: typeof body === 'string' ? body : JSON.stringify(body) });
const TRANSCRIPT = [line(1, 'hello'), line(2, 'Hi!', 'bot'), line(3, 'How long does shipping take?')];
const CONTEXT = { botName: 'Bean', text: 'How long does shipping take?', language: 'en', transcript: TRANSCRIPT, turnId: turnIdOf('c_1' as ConversationId, 3), page: { url: 'https://shop.example/', title: 'Shop' } };

/** A bot whose server gives these answers, one after the other; each try takes `tookMs`. */
async function rig(answers: OutgoingAnswer[], { secret = SECRET, tookMs = 10 }: { secret?: string | null; tookMs?: number } = {}) {
  const [sent, reasons]: [OutgoingRequest[], string[]] = [[], []];
  let clock = 5_000;
  const bot = createWebhookBot({
    botId: 'b' as BotId, url: 'https://bot.example/', embedded: createEmbeddedBot(createInlineLearner(), 'b'), secret, now: () => clock, random: () => 0,
    log: { warn: (details, message) => void reasons.push(`${message} ${JSON.stringify(details)}`) },
    outgoing: { call: (request) => { sent.push(request); clock += tookMs; return Promise.resolve(answers[sent.length - 1] ?? said(500)); } },
  });
  await bot.prepare(SHOP);
  return { sent, reasons, turn: await bot.respond(CONTEXT, new AbortController().signal) };
}
const EMBEDDED = { engine: 'embedded', degraded: true, reply: { text: SHOP_FAQ[0]?.[1] } };

test('the turn is asked for with what the schema says, and the answer is a turn of the webhook', async () => {
  const { sent, turn } = await rig([said(200, { reply: { text: ' Two days. ', sources: [{ title: 'Delivery' }] }, answerable: 0.8, handoff: 'offer', unknown: 1 })]);
  const body = TurnRequested.parse(JSON.parse(sent[0]?.body ?? ''));
  expect(body.data).toMatchObject({ turnId: 'turn_c_1_3', conversationId: 'c_1', message: { text: CONTEXT.text, at: 1_003 }, transcript: [{ role: 'visitor', text: 'hello' }, { role: 'bot', text: 'Hi!' }], language: 'en', page: CONTEXT.page, answerBy: 65_000 });
  expect(sent[0]?.headers).toMatchObject({ 'webhook-id': 'turn_c_1_3', 'webhook-timestamp': '5' });
  expect(turn).toEqual({ engine: 'webhook', reply: { text: 'Two days.', sources: [{ title: 'Delivery', id: 'source-1', score: 1 }] }, handoff: 'offer', signals: { answerable: 0.8, wantsHuman: 0, frustration: 0, smallTalk: false, satisfied: false } });
});

test('a reply without a figure is taken for good, no reply for none', async () => {
  expect((await rig([said(200, { reply: { text: 'Yes.' } })])).turn).toMatchObject({ signals: { answerable: 1 } });
  expect((await rig([said(200, {})])).turn).toMatchObject({ reply: null, signals: { answerable: 0 }, engine: 'webhook' });
  expect((await rig([said(202, 'whatever')])).turn).toBe('later');
});

test('trouble that passes is tried again with the same id and body, within the patience', async () => {
  const { sent, turn } = await rig([said(500), said(429), { ok: false, code: 'unreachable', message: 'down' }, said(200, { reply: { text: 'At last.' } })]);
  expect(turn).toMatchObject({ reply: { text: 'At last.' }, engine: 'webhook' });
  expect(new Set(sent.map(({ headers, body }) => `${headers?.['webhook-id']} ${body}`)).size).toBe(1);
  const slow = await rig([], { tookMs: PATIENCE_MS / 2 });
  expect(slow.sent.map(({ deadlineMs }) => deadlineMs)).toEqual([PATIENCE_MS, PATIENCE_MS / 2]);
  expect(slow.turn).toMatchObject(EMBEDDED);
});

const LIES: [string, OutgoingAnswer][] = [
  ['404', said(404)], ['204', said(204)], ['no JSON', said(200, '<html>')], ['an array', said(200, [])], ['an empty reply', said(200, { reply: { text: ' ' } })], ['a reply that is a string', said(200, { reply: 'Yes.' })],
  ['a figure that is none', said(200, { reply: { text: 'Yes.' }, answerable: 7 })], ['a handoff nobody knows', said(200, { handoff: 'now!' })], ['5,000 characters', said(200, { reply: { text: 'x'.repeat(5_000) } })],
  ['a redirect', { ok: false, code: 'redirected', message: 'redirect' }], ['too much', { ok: false, code: 'too_large', message: 'large' }], ['silence', { ok: false, code: 'timeout', message: 'slow' }],
];
test.each(LIES)('%s is final: the embedded bot answers, and the log says why without the words', async (_, answer) => {
  const { sent, turn, reasons } = await rig([answer]);
  expect([sent.length, reasons.length]).toEqual([1, 1]);
  expect(turn).toMatchObject(EMBEDDED);
  expect(reasons.join()).not.toMatch(/shipping|xxx/i);
});

test.each([[null, 'has no signing secret'], ['nonsense', 'not whsec_']])('with the secret %s nothing is sent, the embedded bot answers, and the log says what to do', async (secret, words) => {
  const { sent, turn, reasons } = await rig([said(200, { reply: { text: 'Yes.' } })], { secret });
  expect([sent.length, reasons.join().includes(words), reasons.join().includes('Set one in Baton')]).toEqual([0, true, true]);
  expect(turn).toMatchObject(EMBEDDED);
});

test('a long conversation is cut to its newest lines', async () => {
  const transcript = [...Array.from({ length: 60 }, (_, at) => line(at + 1, `line ${at + 1} ${'x'.repeat(900)}`)), line(61, 'last')];
  const sent: OutgoingRequest[] = [];
  const bot = createWebhookBot({ botId: 'b' as BotId, url: 'https://bot.example/', embedded: createEmbeddedBot(createInlineLearner(), 'b'), secret: SECRET, now: () => 0, random: () => 0, log: { warn: () => undefined }, outgoing: { call: (request) => { sent.push(request); return Promise.resolve(said(202)); } } });
  await bot.respond({ ...CONTEXT, text: 'last', transcript, turnId: turnIdOf('c_1' as ConversationId, 61) }, new AbortController().signal);
  const lines = TurnRequested.parse(JSON.parse(sent[0]?.body ?? '')).data.transcript;
  expect(lines.at(-1)?.text).toMatch(/^line 60 /);
  expect(lines.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(16_000);
  expect(lines.length).toBeGreaterThan(10);
});
