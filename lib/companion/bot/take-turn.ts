import { uuid } from '#lib/base/uuid.ts';
import type { Decision, Op } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { ConversationId, MessageId } from '#lib/protocol/ids.ts';
import type { Message, Said } from '#lib/protocol/message.ts';
import type { Bot as Settings } from '#lib/protocol/settings.ts';
import type { Action } from '#lib/protocol/turn.ts';
import type { Committed } from '../store/store.ts';
import type { Bot, BotTurn, TurnContext } from './bot.ts';
import { createGrowingReply } from './growing-reply.ts';
import { awaitLater } from './later.ts';
import { patienceFor } from './patience.ts';
import type { PostedTurn, TurnParts } from './runner.ts';
import { byRules, isSettled } from './settled.ts';
import { turnAct } from './turn-act.ts';
import { turnIdOf } from './turn-id.ts';
import type { TurnUnderWay } from './turn-under-way.ts';

/** So much of the conversation the detectors read, newest messages. */
export const TRANSCRIPT_MAX = 200;
const TYPING_AGAIN_MS = 5_000;
/** Of what is decided, where a bot's reply is shown. */
const SPEAKS: ReadonlySet<Action> = new Set<Action>(['answer', 'clarify', 'offer']);

/** One turn of the bot: asks it, and commits what the rules make of that. */
export async function takeTurn(parts: TurnParts, under: TurnUnderWay, conversation: Conversation, message: Said, transcript: Message[]): Promise<void> {
  const { id, botId, visitor, page, meter } = conversation;
  const bot = await parts.store.bot(botId);
  if (!bot) return parts.log.warn({ conversationId: id, botId }, 'The bot of this conversation is gone.');
  const replyId = uuid(parts.now()) as MessageId;
  const growing = createGrowingReply((text) => parts.onDelta?.(id, replyId, text));
  let isSaid = false;
  const stopTyping = showTyping(parts, id);
  try {
    const context: TurnContext = { botName: bot.name, text: message.text, language: visitor.language, transcript, page, turnId: turnIdOf(id, message.index), hurry: under.hurry, ...(bot.detection ? { falseReject: bot.detection.falseReject } : {}) };
    // Law 4: who asks for a person waits for no bot, however slow it is; its words would not be shown.
    const rules = byRules(bot, meter, message.text, parts.now());
    const asked = isSettled(rules) ? null : await ask(parts, bot, under, patienceFor(bot.engine), (engine, signal) => engine.respond(context, signal, growing.onText));
    const turn = asked === 'later' ? await later(parts, bot, under, context, rules) : asked;
    if (parts.closing.aborted || under.left.aborted) return;
    const act = turnAct(bot, conversation, message, transcript, turn, { now: parts.now(), replyId });
    const done = await commit(parts, id, context.turnId, { by: 'bot', act });
    isSaid = done.ok && act.reply !== null && SPEAKS.has(act.decision.action);
    if (!done.ok && done.refusal.code !== 'bot_has_floor') parts.log.warn({ conversationId: id, refusal: done.refusal }, 'A bot turn was refused.');
  } finally {
    growing.end(isSaid);
    stopTyping();
  }
}

const commit = (parts: TurnParts, conversationId: ConversationId, id: string, what: Extract<Op, { kind: 'conversation' }>['what']): Promise<Committed> =>
  parts.submit({ workspaceId: parts.workspaceId, id, now: parts.now(), connected: parts.connected(), kind: 'conversation', conversationId, what });

/** Said again and again while the turn lasts: a window that connects meanwhile sees it too. Returns how to stop. */
function showTyping({ onTyping }: TurnParts, id: ConversationId): () => void {
  onTyping(id, true);
  const again = setInterval(() => onTyping(id, true), TYPING_AGAIN_MS);
  return () => { clearInterval(again); onTyping(id, false); };
}

/** What `what` makes of the bot, or null when it threw or was too slow: the rules go on without it. */
async function ask<T>(parts: TurnParts, settings: Settings, under: TurnUnderWay, patienceMs: number, what: (bot: Bot, signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const signal = AbortSignal.any([parts.closing, under.left, AbortSignal.timeout(parts.timeoutMs ?? patienceMs)]);
  const stopped = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
  try {
    const bot = await Promise.race([parts.botOf(settings), stopped]);
    return await Promise.race([what(bot, signal), stopped]);
  } catch (error) {
    if (!parts.closing.aborted && !under.left.aborted) parts.log.warn({ botId: settings.id, error }, 'The bot failed or took too long; its turn counts as no answer.');
    return null;
  }
}

/** The turn that comes another way is committed by who takes it, and this one has lost the floor; one that does not come in time is answered without it. */
async function later(parts: TurnParts, settings: Settings, under: TurnUnderWay, context: TurnContext, rules: Decision): Promise<BotTurn | null> {
  // Perhaps a person is asked for: the offer that asks back does not wait either.
  if (rules.action === 'offer' && rules.reasons[0]?.code === 'request') return null;
  await awaitLater(under, parts.closing, parts.laterMs);
  if (under.left.aborted) return null;
  return await ask(parts, settings, under, patienceFor(settings.engine), (bot, signal) => bot.late?.(context, signal) ?? Promise.resolve(null));
}

/** A turn that came another way: checked and decided on as any other. Null: there is no such message. */
export async function takePosted(parts: TurnParts, { botId, callId, conversationId, index, turn }: PostedTurn): Promise<Committed | null> {
  const conversation = await parts.store.conversation(conversationId);
  const bot = conversation?.botId === botId ? await parts.store.bot(botId) : null;
  if (!conversation || !bot) return null;
  const all = await parts.store.messages(conversationId, 0, TRANSCRIPT_MAX);
  const message = all.find((one): one is Said => one.index === index && one.kind === 'said' && one.author.kind === 'visitor');
  if (!message) return null;
  const transcript = all.filter((one) => one.index > conversation.detectFrom && one.index <= index);
  const act = turnAct(bot, conversation, message, transcript, turn, { now: parts.now(), replyId: uuid(parts.now()) as MessageId });
  return await commit(parts, conversationId, callId, { by: 'webhook', botId, act });
}
