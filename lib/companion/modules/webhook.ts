import { uuid } from '#lib/base/uuid.ts';
import { assertNever } from '#lib/base/assert-never.ts';
import { falsePromise } from '#lib/detect/false-promise.ts';
import type { BotOwnAct } from '#lib/handoff/op.ts';
import type { Refusal } from '#lib/protocol/command.ts';
import type { BotId, ConversationId, MessageId } from '#lib/protocol/ids.ts';
import { WebhookCall, type WebhookDone } from '#lib/protocol/webhook.ts';
import { addressOf } from '../address.ts';
import { secretOf } from '../bot/secret-of.ts';
import { readTurnId } from '../bot/turn-id.ts';
import { sourcesOf, turnOf } from '../bot/webhook/read-answer.ts';
import { readSecret, verify, type Verified } from '../bot/webhook/signature.ts';
import type { Core } from '../core.ts';
import { createBuckets } from '../socket/bucket.ts';
import type { Committed } from '../store/store.ts';
import { botOf } from './bot-of.ts';
import { readJson, readText, tooLarge } from './body.ts';
import { refusal, type Http } from './parts.ts';

/** A bot that answers a busy shop posts a few times a second. */
const calls = createBuckets(120, 20);

const UNVERIFIED: Record<Exclude<Verified, 'ok'>, string> = {
  incomplete: 'This needs the headers webhook-id, webhook-timestamp and webhook-signature of the Standard Webhooks scheme.',
  stale: 'The webhook-timestamp is more than 5 minutes away from the time here. Check the clock of the server that sends it.',
  wrong: 'The webhook-signature is not that of this body with this bot’s signing secret.',
};

/** The customer's own bot answers a turn, says something of its own accord, offers a person or fetches one. */
export async function takeWebhook(core: Core, c: Http): Promise<Response> {
  if (core.config.rateLimits && !calls.take(addressOf(core, c.env.incoming), Date.now())) return refusal(c, 429, 'rate_limited', 'Too many calls at once. Wait a moment, then try again.');
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const text = await readText(c);
  if (text === null) return tooLarge(c);
  const callId = c.req.header('webhook-id') ?? '';
  const given = { id: callId, timestamp: c.req.header('webhook-timestamp') ?? '', signatures: c.req.header('webhook-signature') ?? '' };
  const key = readSecret(await secretOf(core, botId, 'webhook') ?? '');
  // A bot without a secret is told what a wrong signature is told: nobody learns which bots have one.
  const verified = key ? verify(key, given, text, Date.now()) : 'wrong';
  if (verified !== 'ok') return refusal(c, 401, 'bad_signature', UNVERIFIED[verified]);
  if (core.settings.bot(botId)?.engine?.kind !== 'webhook') return refusal(c, 410, 'not_a_webhook_bot', 'This bot is answered by another engine now.');
  const read = readJson(c, WebhookCall, text);
  return read.ok ? await take(core, c, botId, callId, read.body) : read.refused;
}

async function take(core: Core, c: Http, botId: BotId, callId: string, call: WebhookCall): Promise<Response> {
  if (call.type === 'turn.answer') {
    const turn = readTurnId(call.data.turnId);
    const done = await core.post.current({ botId, callId, ...turn, turn: turnOf(call.data) });
    if (!done) return refusal(c, 404, 'not_found', 'There is no such turn.');
    return done.ok ? c.json({ done: 'answered' } satisfies WebhookDone) : await refused(core, c, turn.conversationId, done.refusal, 'This turn is over: it was answered already, or its time was up.');
  }
  const { conversationId } = call.data;
  const done = await core.act({ kind: 'conversation', id: callId, conversationId, what: { by: 'webhook', botId, act: ownAct(call) } });
  return done.ok ? c.json({ done: whatWasDone(call, done) } satisfies WebhookDone) : await refused(core, c, conversationId, done.refusal, done.refusal.message);
}

type OwnCall = Exclude<WebhookCall, { type: 'turn.answer' }>;
function ownAct(call: OwnCall): BotOwnAct {
  switch (call.type) {
    // Law 3 holds for it too: what nobody has decided is not claimed, and the offer stands in its place.
    case 'message.send': return falsePromise(call.data.text) !== null ? { type: 'bot.person', act: 'offer' } : { type: 'bot.say', id: uuid() as MessageId, text: call.data.text, sources: sourcesOf(call.data.sources).map(({ id, title }) => ({ id, title })) };
    case 'conversation.offer': return { type: 'bot.person', act: 'offer' };
    case 'conversation.escalate': return { type: 'bot.person', act: 'escalate' };
    default: return assertNever(call);
  }
}

function whatWasDone({ type }: OwnCall, { message, conversation }: Extract<Committed, { ok: true }>): WebhookDone['done'] {
  if (type === 'message.send') return message?.kind === 'said' && message.offer ? 'offered' : 'said';
  if (type === 'conversation.offer') return 'offered';
  return message?.kind === 'said' && message.point && conversation?.status !== 'escalated' ? 'pointed' : 'escalated';
}

/** @param over the words when nothing but the time was wrong */
async function refused(core: Core, c: Http, conversationId: ConversationId, { code, message }: Refusal, over: string): Promise<Response> {
  if (code === 'not_found') return refusal(c, 404, 'not_found', 'There is no such conversation.');
  if (code === 'id_reused') return refusal(c, 409, 'already_taken', message);
  const now = await core.store.conversation(conversationId);
  if (now?.floor === 'team') return refusal(c, 409, 'team_has_floor', now.claim ? 'An agent has this conversation. The bot may write again when it is returned to it.' : 'This conversation waits for an agent. The bot may write again when it is returned to it.');
  if (code === 'bot_has_floor') return refusal(c, 410, 'turn_over', over);
  return refusal(c, 409, code, message);
}
