import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SECOND } from '#lib/base/time.ts';
import type { Refusal, RefusalCode } from '#lib/protocol/command.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { BotId, VisitorId } from '#lib/protocol/ids.ts';
import { VisitorPollQuery, VisitorPost, type VisitorPoll, type VisitorPosted } from '#lib/protocol/visitor-api.ts';
import { addressOf } from '../address.ts';
import type { Core } from '../core.ts';
import { hashSecret } from '../secrets.ts';
import { forVisitor } from '../socket/for-visitor.ts';
import { actOf, botView, conversationView, DELETED, siteRefusal } from '../socket/visitor-door.ts';
import { whyUnreadable } from '../socket/unreadable.ts';
import { botOf } from './bot-of.ts';
import { json, readText, tooLarge } from './body.ts';
import { queryOf, refusal, type Http } from './parts.ts';
import { watchVisitor } from './visitor-watch.ts';

const MESSAGES_MAX = 500;
/** So many requests wait at once on this node; whoever comes then is answered without waiting. */
const WAITING_MAX = 1_000;
let waiting = 0;

const DECLARATIONS = join(import.meta.dirname, '../pages/visitor-api.d.ts');
/** The types of everything here and of the socket, for whoever writes a chat window. */
export async function visitorTypes(c: Http): Promise<Response> {
  return c.body(await readFile(DECLARATIONS), 200, { 'content-type': 'text/plain; charset=utf-8', 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=60' });
}

interface Known { botId: BotId; visitorId: VisitorId; secretHash: string }
/** Who asks, of which bot, from where: the same rules as at the socket. Nothing is read from the store for it. */
function admit(core: Core, c: Http): Known | Response {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const [, id, secret] = /^Visitor ([A-Za-z0-9_-]{1,64}):([A-Za-z0-9_-]{43})$/.exec(c.req.header('authorization') ?? '') ?? [];
  if (!id || !secret) return refusal(c, 401, 'unauthenticated', 'This needs the header "authorization: Visitor ID:SECRET", with an id and 256 random bits in base64url that the client made.');
  const site = siteRefusal(core, botId, c.req.header('origin') ?? '', c.req.header('host') ?? '');
  if (!site) return { botId, visitorId: id as VisitorId, secretHash: hashSecret(secret) };
  if (core.visitorLimits.mayHint(Date.now())) core.log.warn({ botId, origin: (c.req.header('origin') ?? '').slice(0, 200) }, site.hint);
  return refusal(c, 403, site.code, site.words);
}

const tooFast = (core: Core, c: Http): Response => {
  core.metrics.refused.inc({ code: 'rate_limited' });
  return refusal(c, 429, 'rate_limited', 'That was very fast. Wait a moment, then try again.');
};
const STATUS: Partial<Record<RefusalCode, 400 | 403 | 410 | 429 | 503>> = { malformed: 400, too_long: 400, forbidden: 403, not_found: 410, rate_limited: 429, draining: 503 };
const refuseFrame = (c: Http, why: Refusal): Response => refusal(c, STATUS[why.code] ?? 409, why.code, why.message);

/** What a visitor does: the frames of the socket, one at a time, with the same ids and the same answers. */
export async function postVisitorCommand(core: Core, c: Http): Promise<Response> {
  const known = admit(core, c);
  if (known instanceof Response) return known;
  const text = await readText(c);
  if (text === null) return tooLarge(c);
  const parsed = VisitorPost.safeParse(json(text));
  if (!core.visitorLimits.mayCall(parsed.data?.type ?? 'message', addressOf(core, c.env.incoming), known.visitorId, Date.now())) return tooFast(core, c);
  if (!parsed.success) return refuseFrame(c, whyUnreadable(parsed.error));
  const { page = null, language = null, ...frame } = parsed.data;
  const done = await core.act({ kind: 'visitor', id: frame.id, visitor: { ...known, channel: 'api', page, language }, act: actOf(frame) });
  if (!done.ok) return refuseFrame(c, done.refusal);
  return c.json({ type: 'ack', id: frame.id, ok: true, ...(done.message ? { message: forVisitor(done.message) } : {}) } satisfies VisitorPosted);
}

/** What was said since, at once or as soon as there is something. */
export async function listVisitorMessages(core: Core, c: Http): Promise<Response> {
  const known = admit(core, c);
  if (known instanceof Response) return known;
  if (!core.visitorLimits.mayRead(addressOf(core, c.env.incoming), Date.now())) return tooFast(core, c);
  const query = VisitorPollQuery.safeParse(queryOf(c));
  if (!query.success) return refuseFrame(c, whyUnreadable(query.error));
  const { after, wait } = query.data;
  const until = Date.now() + (waiting < WAITING_MAX ? wait * SECOND : 0);
  // Before the first look, so that nothing falls between the two.
  const watch = watchVisitor(core, known.botId, known.visitorId);
  waiting += 1;
  try {
    for (;;) {
      const conversation = await core.store.visitorConversation(known.botId, known.visitorId, known.secretHash);
      if (conversation === 'denied') return refusal(c, 401, 'wrong_secret', 'This visitor id belongs to another browser.');
      if (conversation === 'gone') return refusal(c, 410, 'deleted', DELETED);
      const poll = await pollOf(core, known.botId, conversation, after);
      if (poll.messages.length > 0 || Date.now() >= until || c.req.raw.signal.aborted) return c.json(poll, 200, { 'cache-control': 'no-store' });
      await watch.next(until - Date.now(), c.req.raw.signal);
    }
  } finally {
    waiting -= 1;
    watch.close();
  }
}

async function pollOf(core: Core, botId: BotId, conversation: Conversation | null, after: number): Promise<VisitorPoll> {
  const messages = conversation ? await core.store.messages(conversation.id, after, MESSAGES_MAX) : [];
  return { serverTime: Date.now(), bot: botView(core, botId), conversation: conversation && await conversationView(core, conversation),
    from: after, to: messages.reduce((to, one) => Math.max(to, one.seq), after), messages: messages.map(forVisitor) };
}
