import { detectRequest } from '#lib/detect/explicit-request.ts';
import { decide } from '#lib/handoff/decide.ts';
import type { Decision, Op } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { BotId, ConversationId, MemberId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Message, Said } from '#lib/protocol/message.ts';
import type { Bot as Settings } from '#lib/protocol/settings.ts';
import { TurnId } from '#lib/protocol/webhook.ts';
import type { Committed, Store } from '../store/store.ts';
import type { Bot, BotTurn, TurnContext } from './bot.ts';
import type { Bots } from './bots.ts';
import { createWaits, LATER_MS, type WaitEnd, type Waits } from './later.ts';
import { turnAct } from './turn-act.ts';
import { readTurnId, turnIdOf } from './turn-id.ts';
import { turnSignals } from './turn.ts';

/** A bot slower than this has missed, in ms: a visitor waits no longer for a sign (reference/detection.md section 5). */
export const BOT_TIMEOUT_MS = 3_000;
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
  botOf: Bots['of'];
  timeoutMs?: number; laterMs?: number;
}

/** A turn that its bot said would come later. `callId`: the same call is taken once. */
export interface PostedTurn { botId: BotId; callId: string; conversationId: ConversationId; index: number; turn: BotTurn }

export interface BotRunner {
  /** Looks whether the bot owes this conversation a turn, and takes it. One turn at a time for each conversation. */
  kick: (conversation: Pick<Conversation, 'id'>) => void;
  /** Something happened to the conversation, on whichever node: a turn that waits there may be over. */
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

export function createBotRunner(parts: BotRunnerParts): BotRunner {
  const running = new Map<ConversationId, { again: boolean; done: Promise<void> }>();
  const closing = new AbortController();
  const waits = createWaits();
  const whole: Parts = { ...parts, closing: closing.signal, waits };
  const run = async (id: ConversationId, state: { again: boolean }): Promise<void> => {
    try {
      do {
        state.again = false;
        await takeTurns(whole, id);
      } while (state.again && !closing.signal.aborted);
    } catch (error) {
      parts.log.warn({ conversationId: id, error }, 'A bot turn could not be taken; it stays owed until the next message or start.');
    } finally {
      running.delete(id);
    }
  };
  const kick: BotRunner['kick'] = ({ id }) => {
    waits.look(id);
    const held = running.get(id);
    if (held) { held.again = true; return; }
    if (closing.signal.aborted) return;
    const state = { again: false, done: Promise.resolve() };
    running.set(id, state);
    state.done = run(id, state);
  };
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all([...running.values()].map((one) => one.done));
  };
  return {
    kick, idle, changed: ({ id }) => waits.look(id), post: (posted) => takePosted(whole, posted),
    resume: async () => { for (const one of (await parts.store.due(parts.workspaceId, parts.now())).owed) kick(one); },
    close: async () => { closing.abort(); await idle(); },
  };
}

/** Until nothing is owed: oldest message first, each with what was said before it. */
async function takeTurns(parts: Parts, id: ConversationId): Promise<void> {
  let answered = 0;
  while (!parts.closing.aborted) {
    const conversation = await parts.store.conversation(id);
    const owed = conversation?.floor === 'bot' ? conversation.owed : null;
    // No progress since the last turn: another writer was faster, or the store refused. Never spin on it.
    if (!conversation || !owed || owed.first <= answered) return;
    const all = await parts.store.messages(id, 0, TRANSCRIPT_MAX);
    const next = all.find((one): one is Said => one.kind === 'said' && one.author.kind === 'visitor' && one.index >= owed.first && one.index <= owed.last);
    if (!next) return parts.log.warn({ conversationId: id, owed }, 'The bot owes a turn to a message that is not there.');
    await takeTurn(parts, conversation, next, all.filter((one) => one.index > conversation.detectFrom && one.index <= next.index));
    answered = next.index;
  }
}

async function takeTurn(parts: Parts, conversation: Conversation, message: Said, transcript: Message[]): Promise<void> {
  const { id, botId, visitor, page } = conversation;
  const bot = await parts.store.bot(botId);
  if (!bot) return parts.log.warn({ conversationId: id, botId }, 'The bot of this conversation is gone.');
  const stopTyping = showTyping(parts, id);
  try {
    const context = { botName: bot.name, text: message.text, language: visitor.language, transcript, turnId: turnIdOf(id, message.index), page, ...(bot.detection ? { falseReject: bot.detection.falseReject } : {}) };
    const rules = byRules(parts, bot, message.text, conversation);
    // Law 4: who asks for a person waits for no bot, however slow it is; its words would not be shown.
    const asked = ENDS.has(rules.action) && rules.trigger !== 'policy' ? null : await ask(parts, bot, (engine, signal) => engine.respond(context, signal));
    const turn = asked === 'later' ? await awaitLater(parts, bot, context, conversation, rules) : asked;
    if (turn === 'taken' || parts.closing.aborted) return;
    const act = turnAct(bot, conversation, message, transcript, turn, parts.now());
    const done = await commit(parts, id, context.turnId, { by: 'bot', act });
    if (!done.ok && done.refusal.code !== 'bot_has_floor') parts.log.warn({ conversationId: id, refusal: done.refusal }, 'A bot turn was refused.');
  } finally {
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
async function ask<T>(parts: Parts, settings: Settings, what: (bot: Bot, signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const timeout = AbortSignal.timeout(parts.timeoutMs ?? BOT_TIMEOUT_MS);
  const signal = AbortSignal.any([parts.closing, timeout]);
  const stopped = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
  try {
    const bot = await Promise.race([parts.botOf(settings), stopped]);
    return await Promise.race([what(bot, signal), stopped]);
  } catch (error) {
    if (!parts.closing.aborted) parts.log.warn({ botId: settings.id, error }, 'The bot failed or took too long; its turn counts as no answer.');
    return null;
  }
}

/** What the words of this one message come to, whatever a bot would say. */
const byRules = (parts: Parts, { handoff, detection }: Settings, text: string, { meter }: Conversation): Decision =>
  decide(meter, { type: 'turn', signals: turnSignals(text, [], null, detection?.policies ?? []) }, handoff, parts.now());
/** What a bot's answer changes nothing of. */
const ENDS: ReadonlySet<Decision['action']> = new Set(['escalate', 'point', 'decline']);

/** The turn that came another way was committed by who took it (`taken`); one that does not come in time is answered without it. */
async function awaitLater(parts: Parts, settings: Settings, context: TurnContext, { id }: Conversation, rules: Decision): Promise<BotTurn | null | 'taken'> {
  const { index } = readTurnId(TurnId.parse(context.turnId));
  if (ENDS.has(rules.action) || (rules.action === 'offer' && rules.reasons[0]?.code === 'request')) return null;
  const check = async (): Promise<WaitEnd | null> => {
    const now = await parts.store.conversation(id);
    if (now?.floor !== 'bot' || !now.owed || now.owed.first > index) return 'taken';
    if (now.owed.last === index) return null;
    const newer = (await parts.store.messages(id, 0, TRANSCRIPT_MAX)).filter((one) => one.index > index && one.kind === 'said' && one.author.kind === 'visitor');
    return newer.some((one) => one.kind === 'said' && detectRequest(one.text).strength === 'explicit') ? 'late' : null;
  };
  const end = await parts.waits.wait(id, check, parts.laterMs ?? LATER_MS, parts.closing);
  return end === 'taken' ? end : await ask(parts, settings, (bot, signal) => bot.late?.(context, signal) ?? Promise.resolve(null));
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
