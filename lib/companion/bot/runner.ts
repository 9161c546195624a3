import { uuid } from '#lib/base/uuid.ts';
import { detectRequest } from '#lib/detect/explicit-request.ts';
import type { Decision, Op } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { BotId, ConversationId, MemberId, MessageId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Message, Said } from '#lib/protocol/message.ts';
import type { Bot as Settings } from '#lib/protocol/settings.ts';
import { TurnId } from '#lib/protocol/webhook.ts';
import type { Committed, Store } from '../store/store.ts';
import type { Bot, BotTurn, TurnContext } from './bot.ts';
import type { Bots } from './bots.ts';
import { createGrowingReply } from './growing-reply.ts';
import { createWaits, LATER_MS, type WaitEnd, type Waits } from './later.ts';
import { patienceFor } from './patience.ts';
import { byRules, isSettled } from './settled.ts';
import { turnAct } from './turn-act.ts';
import { readTurnId, turnIdOf } from './turn-id.ts';
import { createTurnUnderWay, type TurnUnderWay } from './turn-under-way.ts';

/** So much of the conversation the detectors read, newest messages. */
const TRANSCRIPT_MAX = 200;
const TYPING_AGAIN_MS = 5_000;

export interface BotRunnerParts {
  workspaceId: WorkspaceId;
  store: Pick<Store, 'conversation' | 'messages' | 'bot' | 'due'>;
  /** Commits the op and tells the bus. */
  submit: (op: Op) => Promise<Committed>;
  /** Members with a live lease. */
  connected: () => MemberId[];
  now: () => number;
  /** Never gets message text. */
  log: { warn: (details: object, message: string) => void };
  onTyping: (conversationId: ConversationId, on: boolean) => void;
  /** A reply grows: all of it so far, under the id its message will have; empty: taken back. */
  onDelta?: (conversationId: ConversationId, id: MessageId, text: string) => void;
  botOf: Bots['of'];
  timeoutMs?: number; laterMs?: number;
}

/** A turn that its bot said would come later. `callId`: the same call is taken once. */
export interface PostedTurn { botId: BotId; callId: string; conversationId: ConversationId; index: number; turn: BotTurn }

export interface BotRunner {
  /** Looks whether the bot owes this conversation a turn, and takes it. One turn at a time for each conversation. */
  kick: (conversation: Pick<Conversation, 'id'>) => void;
  /** Something happened to the conversation, on whichever node: a turn under way may be over, or in a hurry. */
  changed: (conversation: Pick<Conversation, 'id'>) => void;
  /** Null: there is no such turn. */
  post: (posted: PostedTurn) => Promise<Committed | null>;
  /** Takes up the turns that were owed when the companion ended. */
  resume: () => Promise<void>;
  /** Resolves when no turn is under way. */
  idle: () => Promise<void>;
  close: () => Promise<void>;
}

interface Parts extends BotRunnerParts { closing: AbortSignal; waits: Waits }
interface Run { again: boolean; done: Promise<void>; turn: TurnUnderWay | null }
/** Of what is decided, where a bot's reply is shown. */
const SPEAKS: ReadonlySet<Decision['action']> = new Set(['answer', 'clarify', 'offer']);

export function createBotRunner(parts: BotRunnerParts): BotRunner {
  const running = new Map<ConversationId, Run>();
  const closing = new AbortController();
  const waits = createWaits();
  const whole: Parts = { ...parts, closing: closing.signal, waits };
  const run = async (id: ConversationId, state: Run): Promise<void> => {
    try {
      do {
        state.again = false;
        await takeTurns(whole, id, state);
      } while (state.again && !closing.signal.aborted);
    } catch (error) {
      parts.log.warn({ conversationId: id, error }, 'A bot turn could not be taken; it stays owed until the next message or start.');
    } finally {
      running.delete(id);
    }
  };
  const changed: BotRunner['changed'] = ({ id }) => {
    waits.look(id);
    running.get(id)?.turn?.look().catch((error: unknown) => parts.log.warn({ conversationId: id, error }, 'A turn under way could not be looked after; it goes on.'));
  };
  const kick: BotRunner['kick'] = ({ id }) => {
    changed({ id });
    const held = running.get(id);
    if (held) { held.again = true; return; }
    if (closing.signal.aborted) return;
    const state: Run = { again: false, done: Promise.resolve(), turn: null };
    running.set(id, state);
    state.done = run(id, state);
  };
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all([...running.values()].map((one) => one.done));
  };
  return {
    kick, idle, changed, post: (posted) => takePosted(whole, posted),
    resume: async () => { for (const one of (await parts.store.due(parts.workspaceId, parts.now())).owed) kick(one); },
    close: async () => { closing.abort(); await idle(); },
  };
}

/** Until nothing is owed: oldest message first, each with what was said before it. */
async function takeTurns(parts: Parts, id: ConversationId, run: Run): Promise<void> {
  let answered = 0;
  while (!parts.closing.aborted) {
    const conversation = await parts.store.conversation(id);
    const owed = conversation?.floor === 'bot' ? conversation.owed : null;
    // No progress since the last turn: another writer was faster, or the store refused. Never spin on it.
    if (!conversation || !owed || owed.first <= answered) return;
    const all = await parts.store.messages(id, 0, TRANSCRIPT_MAX);
    const next = all.find((one): one is Said => one.kind === 'said' && one.author.kind === 'visitor' && one.index >= owed.first && one.index <= owed.last);
    if (!next) return parts.log.warn({ conversationId: id, owed }, 'The bot owes a turn to a message that is not there.');
    run.turn = createTurnUnderWay(parts.store, id, next.index, TRANSCRIPT_MAX);
    // What was written before this turn began may be behind it already.
    if (owed.last > next.index) await run.turn.look();
    await takeTurn(parts, run.turn, conversation, next, all.filter((one) => one.index > conversation.detectFrom && one.index <= next.index));
    answered = next.index;
  }
}

async function takeTurn(parts: Parts, under: TurnUnderWay, conversation: Conversation, message: Said, transcript: Message[]): Promise<void> {
  const { id, botId, visitor, page } = conversation;
  const bot = await parts.store.bot(botId);
  if (!bot) return parts.log.warn({ conversationId: id, botId }, 'The bot of this conversation is gone.');
  const replyId = uuid(parts.now()) as MessageId;
  const growing = createGrowingReply((text) => parts.onDelta?.(id, replyId, text));
  const stopTyping = showTyping(parts, id);
  let isSaid = false;
  try {
    const rules = byRules(bot, conversation.meter, message.text, parts.now());
    const context: TurnContext = { botName: bot.name, text: message.text, language: visitor.language, transcript, turnId: turnIdOf(id, message.index), page, isSettled: isSettled(rules), hurry: under.hurry, ...(bot.detection ? { falseReject: bot.detection.falseReject } : {}) };
    // Law 4: who asks for a person waits for no bot, however slow it is; its words would not be shown.
    const asked = isSettled(rules) && rules.trigger !== 'policy' ? null : await ask(parts, under, bot, (engine, signal) => engine.respond(context, signal, growing.onText));
    const turn = asked === 'later' ? await awaitLater(parts, under, bot, context, conversation, rules) : asked;
    if (turn === 'taken' || parts.closing.aborted || under.left.aborted) return;
    const act = turnAct(bot, conversation, message, transcript, turn, parts.now(), replyId);
    const done = await commit(parts, id, context.turnId, { by: 'bot', act });
    isSaid = done.ok && act.reply !== null && SPEAKS.has(act.decision.action);
    if (!done.ok && done.refusal.code !== 'bot_has_floor') parts.log.warn({ conversationId: id, refusal: done.refusal }, 'A bot turn was refused.');
  } finally {
    growing.end(isSaid);
    stopTyping();
  }
}

const commit = (parts: Parts, conversationId: ConversationId, id: string, what: Extract<Op, { kind: 'conversation' }>['what']): Promise<Committed> =>
  parts.submit({ workspaceId: parts.workspaceId, id, now: parts.now(), connected: parts.connected(), kind: 'conversation', conversationId, what });

/** Said again and again while the turn lasts: a window that connects meanwhile sees it too. Returns how to stop. */
function showTyping({ onTyping }: Parts, id: ConversationId): () => void {
  onTyping(id, true);
  const again = setInterval(() => onTyping(id, true), TYPING_AGAIN_MS);
  return () => { clearInterval(again); onTyping(id, false); };
}

/** What `ask` makes of the bot, or null when it threw or was too slow: the rules go on without it. */
async function ask<T>(parts: Parts, under: TurnUnderWay, settings: Settings, what: (bot: Bot, signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const timeout = AbortSignal.timeout(parts.timeoutMs ?? patienceFor(settings.engine));
  const signal = AbortSignal.any([parts.closing, under.left, timeout]);
  const stopped = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
  try {
    const bot = await Promise.race([parts.botOf(settings), stopped]);
    return await Promise.race([what(bot, signal), stopped]);
  } catch (error) {
    if (!parts.closing.aborted && !under.left.aborted) parts.log.warn({ botId: settings.id, error }, 'The bot failed or took too long; its turn counts as no answer.');
    return null;
  }
}

/** The turn that came another way was committed by who took it (`taken`); one that does not come in time is answered without it. */
async function awaitLater(parts: Parts, under: TurnUnderWay, settings: Settings, context: TurnContext, { id }: Conversation, rules: Decision): Promise<BotTurn | null | 'taken'> {
  const { index } = readTurnId(TurnId.parse(context.turnId));
  if (isSettled(rules) || (rules.action === 'offer' && rules.reasons[0]?.code === 'request')) return null;
  const check = async (): Promise<WaitEnd | null> => {
    const now = await parts.store.conversation(id);
    if (now?.floor !== 'bot' || !now.owed || now.owed.first > index) return 'taken';
    if (now.owed.last === index) return null;
    const newer = (await parts.store.messages(id, 0, TRANSCRIPT_MAX)).filter((one) => one.index > index && one.kind === 'said' && one.author.kind === 'visitor');
    return newer.some((one) => one.kind === 'said' && detectRequest(one.text).strength === 'explicit') ? 'late' : null;
  };
  const end = await parts.waits.wait(id, check, parts.laterMs ?? LATER_MS, parts.closing);
  return end === 'taken' ? end : await ask(parts, under, settings, (bot, signal) => bot.late?.(context, signal) ?? Promise.resolve(null));
}

/** A turn that came another way: checked and decided on as any other. Null: there is no such message. */
async function takePosted(parts: Parts, { botId, callId, conversationId, index, turn }: PostedTurn): Promise<Committed | null> {
  const conversation = await parts.store.conversation(conversationId);
  const bot = conversation?.botId === botId ? await parts.store.bot(botId) : null;
  if (!conversation || !bot) return null;
  const all = await parts.store.messages(conversationId, 0, TRANSCRIPT_MAX);
  const message = all.find((one): one is Said => one.index === index && one.kind === 'said' && one.author.kind === 'visitor');
  if (!message) return null;
  const act = turnAct(bot, conversation, message, all.filter((one) => one.index > conversation.detectFrom && one.index <= index), turn, parts.now());
  const done = await commit(parts, conversationId, callId, { by: 'webhook', botId, act });
  parts.waits.look(conversationId);
  return done;
}
