import { uuid } from '#lib/base/uuid.ts';
import { decide } from '#lib/handoff/decide.ts';
import type { BotAct, Op } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { ConversationId, MemberId, MessageId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Message, Said } from '#lib/protocol/message.ts';
import type { Bot as Settings } from '#lib/protocol/settings.ts';
import type { Action } from '#lib/protocol/turn.ts';
import type { Committed, Store } from '../store/store.ts';
import type { BotTurn, TurnContext } from './bot.ts';
import type { Bots } from './bots.ts';
import { createGrowingReply, type GrowingReply } from './growing-reply.ts';
import { withoutPromise } from './guard.ts';
import { patienceFor } from './patience.ts';
import { settledByRules } from './settled.ts';
import { turnSignals } from './turn.ts';
import { createTurnUnderWay, type TurnUnderWay } from './turn-under-way.ts';

/** So much of the conversation the detectors read, newest messages. */
const TRANSCRIPT_MAX = 200;
/** Of what is decided, where a bot's reply is shown. */
const SPEAKS: ReadonlySet<Action> = new Set<Action>(['answer', 'clarify', 'offer']);

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
  timeoutMs?: number;
}

export interface BotRunner {
  /** Looks whether the bot owes this conversation a turn, and takes it. One turn at a time for each conversation. */
  kick: (conversation: Pick<Conversation, 'id'>) => void;
  /** Something happened to the conversation, on whichever node: a turn under way may be over, or in a hurry. */
  changed: (conversation: Pick<Conversation, 'id'>) => void;
  /** Takes up the turns that were owed when the companion ended. */
  resume: () => Promise<void>;
  /** Resolves when no turn is under way. */
  idle: () => Promise<void>;
  close: () => Promise<void>;
}

interface Parts extends BotRunnerParts { closing: AbortSignal }
interface Run { again: boolean; done: Promise<void>; turn: TurnUnderWay | null }

export function createBotRunner(parts: BotRunnerParts): BotRunner {
  const running = new Map<ConversationId, Run>();
  const closing = new AbortController();
  const whole: Parts = { ...parts, closing: closing.signal };
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
    running.get(id)?.turn?.look().catch((error: unknown) => parts.log.warn({ conversationId: id, error }, 'A turn under way could not be looked after; it goes on.'));
  };
  const kick: BotRunner['kick'] = ({ id }) => {
    const held = running.get(id);
    if (held) { held.again = true; return changed({ id }); }
    if (closing.signal.aborted) return;
    const state: Run = { again: false, done: Promise.resolve(), turn: null };
    running.set(id, state);
    state.done = run(id, state);
  };
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all([...running.values()].map((one) => one.done));
  };
  return {
    kick, idle, changed,
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
  const { id, botId, visitor, meter } = conversation;
  const bot = await parts.store.bot(botId);
  if (!bot) return parts.log.warn({ conversationId: id, botId }, 'The bot of this conversation is gone.');
  const replyId = uuid(parts.now()) as MessageId;
  const growing = createGrowingReply((text) => parts.onDelta?.(id, replyId, text));
  let isSaid = false;
  parts.onTyping(id, true);
  try {
    const context: TurnContext = { botName: bot.name, text: message.text, language: visitor.language, transcript, turnId: uuid(), hurry: under.hurry, isSettled: settledByRules(meter, message.text, transcript, bot, parts.now()), ...(bot.detection ? { falseReject: bot.detection.falseReject } : {}) };
    const turn = await ask(parts, bot, context, under, growing);
    if (parts.closing.aborted || under.left.aborted) return;
    const signals = turnSignals(message.text, transcript, turn, bot.detection?.policies ?? []);
    const now = parts.now();
    const reply = turn?.reply ? { id: replyId, text: turn.reply.text, sources: turn.reply.sources.map(({ id: source, title }) => ({ id: source, title })) } : null;
    const decision = decide(meter, { type: 'turn', signals }, bot.handoff, now);
    const act: BotAct = { type: 'bot.turn', index: message.index, reply, decision, signals, engine: turn?.engine ?? null, degraded: turn?.degraded ?? false };
    const done = await parts.submit({ workspaceId: parts.workspaceId, id: context.turnId, now, connected: parts.connected(), kind: 'conversation', conversationId: id, what: { by: 'bot', act } });
    isSaid = done.ok && reply !== null && SPEAKS.has(decision.action);
    if (!done.ok && done.refusal.code !== 'bot_has_floor') parts.log.warn({ conversationId: id, refusal: done.refusal }, 'A bot turn was refused.');
  } finally {
    growing.end(isSaid);
    parts.onTyping(id, false);
  }
}

/** The bot's turn, or null when it threw, was too slow, or promised an answer for later: the rules go on without it. */
async function ask(parts: Parts, settings: Settings, context: TurnContext, under: TurnUnderWay, growing: GrowingReply): Promise<BotTurn | null> {
  const timeout = AbortSignal.timeout(parts.timeoutMs ?? patienceFor(settings.engine));
  const signal = AbortSignal.any([parts.closing, under.left, timeout]);
  const stopped = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
  try {
    const bot = await Promise.race([parts.botOf(settings), stopped]);
    const turn = await Promise.race([bot.respond(context, signal, growing.onText), stopped]);
    if (turn !== 'later') return withoutPromise(turn);
    parts.log.warn({ botId: settings.id }, 'The bot promised its answer for later, which is not supported yet; treated as no answer.');
  } catch (error) {
    if (!parts.closing.aborted && !under.left.aborted) parts.log.warn({ botId: settings.id, error }, 'The bot failed or took too long; its turn counts as no answer.');
  }
  return null;
}
